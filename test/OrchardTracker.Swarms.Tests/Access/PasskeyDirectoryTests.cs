using System.Security.Cryptography;

namespace OrchardTracker.Swarms.Tests.Access;

public sealed class PasskeyDirectoryTests
{
    private readonly PasskeyDirectory _directory = new();
    private readonly Passkey _first = new(RandomNumberGenerator.GetBytes(Passkey.Length));
    private readonly Passkey _second = new(RandomNumberGenerator.GetBytes(Passkey.Length));

    [Fact]
    public void Should_find_a_user_by_his_passkey()
    {
        _directory.Set(5, _first.Digest());

        Assert.Equal(5, _directory.Find(_first).User);
        Assert.Equal(0, _directory.Find(_second).User);
    }

    [Fact]
    public void Should_not_find_a_user_by_a_passkey_he_had_before()
    {
        _directory.Set(5, _first.Digest());
        _directory.Set(5, _second.Digest());

        Assert.Equal(0, _directory.Find(_first).User);
        Assert.Equal(5, _directory.Find(_second).User);
        Assert.Equal(1, _directory.Count);
    }

    [Fact]
    public void Should_not_mind_the_same_passkey_again()
    {
        _directory.Set(5, _first.Digest());
        _directory.Set(5, _first.Digest());

        Assert.Equal(5, _directory.Find(_first).User);
    }

    [Fact]
    public void Should_give_a_passkey_to_its_last_user_only()
    {
        _directory.Set(5, _first.Digest());
        _directory.Set(6, _first.Digest());

        Assert.Equal(6, _directory.Find(_first).User);
        Assert.False(_directory.Remove(5));
        Assert.Equal(6, _directory.Find(_first).User);
        Assert.Equal(1, _directory.Count);
    }

    [Fact]
    public void Should_forget_a_user_that_is_removed()
    {
        _directory.Set(5, _first.Digest());

        Assert.True(_directory.Remove(5));
        Assert.False(_directory.Remove(5));
        Assert.Equal((0, 0), (_directory.Find(_first).User, _directory.Count));
    }

    [Fact]
    public void Should_forget_all_but_some()
    {
        _directory.Set(5, _first.Digest());
        _directory.Set(6, _second.Digest());
        _directory.RemoveExcept(new HashSet<int> { 6, 7 });

        Assert.Equal((0, 6), (_directory.Find(_first).User, _directory.Find(_second).User));
    }

    [Fact]
    public void Should_know_a_user_who_may_not_announce_and_say_why()
    {
        _directory.Set(5, _first.Digest(), Failure.NotPermitted);
        Assert.Equal(new PasskeyOwner(5, Failure.NotPermitted), _directory.Find(_first));

        _directory.Set(5, _first.Digest());
        Assert.Equal(new PasskeyOwner(5), _directory.Find(_first));
    }

    [Fact]
    public void Should_tell_a_revoked_key_from_a_wrong_one_as_long_as_it_is_remembered()
    {
        _directory.Set(5, _second.Digest());
        _directory.Revoke(5, _first.Digest());
        Assert.Equal(Failure.PasskeyRevoked, _directory.Find(_first).Refusal);
        Assert.Equal(1, _directory.Count);

        _directory.ForgetRevoked(_first.Digest());
        Assert.Equal(default, _directory.Find(_first));
    }

    [Fact]
    public void Should_neither_revoke_nor_forget_a_key_that_is_in_use()
    {
        _directory.Set(5, _first.Digest());
        _directory.Revoke(6, _first.Digest());
        _directory.ForgetRevoked(_first.Digest());

        Assert.Equal(new PasskeyOwner(5), _directory.Find(_first));
    }

    [Fact]
    public void Should_give_a_revoked_key_a_user_again()
    {
        _directory.Revoke(5, _first.Digest());
        _directory.Set(5, _first.Digest());

        Assert.Equal(new PasskeyOwner(5), _directory.Find(_first));
    }

    [Fact]
    public void Should_remember_who_may_only_seed()
    {
        _directory.Set(5, _first.Digest());
        _directory.SetSeedOnly(5, true);
        _directory.SetSeedOnly(6, true);
        Assert.True(_directory.Find(_first).IsSeedOnly);

        _directory.SetSeedOnly(5, false);
        Assert.False(_directory.Find(_first).IsSeedOnly);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Should_know_no_user_below_one(int user) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _directory.Set(user, _first.Digest()));

    [Fact]
    public void Should_agree_with_itself_after_many_changes_at_once()
    {
        var keys = Enumerable.Range(0, 20).Select(_ => new Passkey(RandomNumberGenerator.GetBytes(Passkey.Length))).ToArray();
        Parallel.For(0, 4, thread =>
        {
            var random = new Random(thread);
            for (var round = 0; round < 20_000; round++)
            {
                var user = random.Next(1, 10);
                if (random.Next(4) == 0)
                {
                    _directory.Remove(user);
                }
                else
                {
                    _directory.Set(user, keys[random.Next(keys.Length)].Digest());
                }
            }
        });

        var users = keys.Select(key => _directory.Find(key).User).Where(user => user != 0).ToArray();
        Assert.Equal(users.Length, users.Distinct().Count());
        Assert.Equal(_directory.Count, users.Length);
    }
}
