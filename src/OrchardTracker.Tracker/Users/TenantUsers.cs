using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// The users of a tenant as announces need them: in the engine's directory, under digests of their passkeys. Lives as long
/// as the tracker. Thread-safe.
/// </summary>
internal sealed class TenantUsers(TrackerEngine engine, TimeProvider time)
{
    /// <summary>So many former passkeys of a user are told from wrong ones.</summary>
    public const int RememberedKeys = 3;

    private volatile AnnounceRoles? _roles;
    private volatile bool _isStale = true;
    private long _checkedAt;

    /// <summary>Held by who loads all users, so that it is done once at a time.</summary>
    public SemaphoreSlim Loading { get; } = new(1);

    /// <summary>Null until the users have been loaded once.</summary>
    public PasskeySecret? Secret { get; private set; }

    /// <summary>Who may announce, as it was when the users were loaded.</summary>
    public AnnounceRoles? Roles => _roles;

    public bool IsLoaded => Secret is not null;

    /// <summary>Whether something has changed, nobody knows for whom.</summary>
    public bool IsStale => _isStale;

    /// <summary>Time since it was last looked whether the users are those of the site.</summary>
    public TimeSpan Age => time.GetElapsedTime(_checkedAt);

    /// <summary>How often all users were loaded.</summary>
    public int Loads { get; private set; }

    /// <summary>The greatest id in the site's index of users that has been read: whoever is stored anew has a greater one.</summary>
    public long LastIndexRow { get; set; }

    /// <summary>How many passkeys all users together have had replaced, as far as this process knows.</summary>
    public long Rotations { get; set; }

    public void MarkStale() => _isStale = true;

    public void MarkFresh() => _isStale = false;

    public void MarkChecked() => _checkedAt = time.GetTimestamp();

    public void BeginLoading(PasskeySecret secret, AnnounceRoles roles)
    {
        // Before the users are read: what changes while they are makes them stale again.
        _isStale = false;
        _roles = roles;
        if (Secret is null)
        {
            Secret = secret;
        }
    }

    public void EndLoading()
    {
        MarkChecked();
        Loads++;
    }

    /// <summary>Lets a user announce with his passkey, or tells him from now on why he may not.</summary>
    /// <returns>True when he might until now and has peers that must go.</returns>
    public bool Set(TrackerUser user, Failure refusal)
    {
        var passkey = Secret!.Derive(user.UserId, user.Generation);
        var before = engine.Passkeys.Find(passkey);
        engine.Passkeys.Set(user.Number, passkey.Digest(), refusal, before.IsSeedOnly);
        for (var former = Math.Max(user.FirstGeneration, user.Generation - RememberedKeys); former < user.Generation; former++)
        {
            engine.Passkeys.Revoke(user.Number, Secret.Derive(user.UserId, former).Digest());
        }

        return refusal != Failure.None && before.User == user.Number && before.Refusal == Failure.None;
    }

    /// <summary>Forgets the oldest of the keys that are remembered, when a user has a new one.</summary>
    public void ForgetOldest(TrackerUser user)
    {
        var oldest = user.Generation - RememberedKeys - 1;
        if (oldest >= user.FirstGeneration)
        {
            engine.Passkeys.ForgetRevoked(Secret!.Derive(user.UserId, oldest).Digest());
        }
    }

    public void Remove(int number)
    {
        engine.Passkeys.Remove(number);
        engine.Store.RemoveUser(number);
    }

    /// <summary>Takes the peers of users away who may not announce any more.</summary>
    public void RemovePeers(IReadOnlySet<int> numbers)
    {
        if (numbers.Count > 0)
        {
            engine.Store.RemoveUsers(numbers);
        }
    }

    public void RemoveExcept(IReadOnlySet<int> numbers) => engine.Passkeys.RemoveExcept(numbers);
}
