using System.Security.Cryptography;

namespace OrchardTracker.Swarms.Tests.Access;

public sealed class PasskeyTests
{
    [Theory]
    [InlineData("00112233445566778899aabbccddeeff")]
    [InlineData("00112233445566778899AABBCCDDEEFF")]
    [InlineData("00112233445566778899AaBbCcDdEeFf")]
    public void Should_read_digits_in_either_case(string text)
    {
        Assert.True(Passkey.TryParse(text, out var passkey));
        Assert.Equal("00112233445566778899aabbccddeeff", passkey.Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233445566778899aabbccddeef")]
    [InlineData("00112233445566778899aabbccddeeff0")]
    [InlineData("00112233445566778899aabbccddeefg")]
    [InlineData("0x112233445566778899aabbccddeeff")]
    [InlineData(" 0112233445566778899aabbccddeeff")]
    [InlineData("００１１２２３３４４５５６６７７８８９９ａａｂｂｃｃｄｄｅｅｆｆ")]
    public void Should_read_nothing_else(string text) => Assert.False(Passkey.TryParse(text, out _));

    [Fact]
    public void Should_tell_itself_to_no_log()
    {
        var passkey = new Passkey(RandomNumberGenerator.GetBytes(Passkey.Length));

        Assert.Equal("(passkey)", passkey.ToString());
        Assert.DoesNotContain(passkey.Reveal(), $"{passkey.Digest()}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Should_equal_the_same_key_only()
    {
        var bytes = RandomNumberGenerator.GetBytes(Passkey.Length);
        var passkey = new Passkey(bytes);
        Assert.Equal(passkey, new Passkey(bytes));
        Assert.Equal(passkey.GetHashCode(), new Passkey(bytes).GetHashCode());

        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var other = bytes.ToArray();
            other[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.True(passkey != new Passkey(other));
            Assert.NotEqual(passkey.Digest(), new Passkey(other).Digest());
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    public void Should_take_no_other_length(int length) => Assert.Throws<ArgumentException>(() => new Passkey(new byte[length]));
}
