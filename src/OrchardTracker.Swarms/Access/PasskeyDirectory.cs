using System.Collections.Concurrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Who may announce with which passkey. One change touches one entry; a look-up takes the same time for one user and for
/// a million.
/// </summary>
public sealed class PasskeyDirectory
{
    private readonly ConcurrentDictionary<PasskeyDigest, PasskeyOwner> _owners = new();
    private readonly Dictionary<int, PasskeyDigest> _digests = [];

    /// <summary>Users, not keys: one who has changed his key is counted once.</summary>
    public int Count
    {
        get
        {
            lock (_digests)
            {
                return _digests.Count;
            }
        }
    }

    /// <summary>Gives a user this passkey in place of the one he had; whoever else had it has none now.</summary>
    /// <param name="user">The user's number, above 0.</param>
    /// <param name="refusal">Why he may not announce, if he may not: he is told so, and not that his key is wrong.</param>
    public void Set(int user, PasskeyDigest digest, Failure refusal = Failure.None, bool isSeedOnly = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(user, 1);
        lock (_digests)
        {
            if (_digests.TryGetValue(user, out var old) && old != digest)
            {
                _owners.TryRemove(old, out _);
            }

            if (_owners.TryGetValue(digest, out var other) && other.User != user && IsCurrent(other.User, digest))
            {
                _digests.Remove(other.User);
            }

            _digests[user] = digest;
            _owners[digest] = new PasskeyOwner(user, refusal, isSeedOnly);
        }
    }

    /// <summary>Lets a user start downloads, or not.</summary>
    public void SetSeedOnly(int user, bool isSeedOnly)
    {
        lock (_digests)
        {
            if (_digests.TryGetValue(user, out var digest) && _owners.TryGetValue(digest, out var owner) && owner.IsSeedOnly != isSeedOnly)
            {
                _owners[digest] = owner with { IsSeedOnly = isSeedOnly };
            }
        }
    }

    /// <summary>Lets these users start no downloads, and all others.</summary>
    public void SetSeedOnly(IReadOnlySet<int> users)
    {
        lock (_digests)
        {
            foreach (var user in _digests.Keys)
            {
                SetSeedOnly(user, users.Contains(user));
            }
        }
    }

    /// <summary>Remembers a key that a user had before, so that whoever still uses it is told so. No key that is in use.</summary>
    public void Revoke(int user, PasskeyDigest digest)
    {
        lock (_digests)
        {
            if (!_owners.TryGetValue(digest, out var owner) || !IsCurrent(owner.User, digest))
            {
                _owners[digest] = new PasskeyOwner(user, Failure.PasskeyRevoked);
            }
        }
    }

    /// <summary>Forgets a key that was revoked: it is as unknown as one that never was.</summary>
    public void ForgetRevoked(PasskeyDigest digest)
    {
        lock (_digests)
        {
            if (_owners.TryGetValue(digest, out var owner) && !IsCurrent(owner.User, digest))
            {
                _owners.TryRemove(digest, out _);
            }
        }
    }

    /// <summary>From now on nobody announces as this user.</summary>
    public bool Remove(int user)
    {
        lock (_digests)
        {
            return _digests.Remove(user, out var digest) && _owners.TryRemove(digest, out _);
        }
    }

    /// <summary>Takes out everybody who is not in <paramref name="users"/>.</summary>
    public void RemoveExcept(IReadOnlySet<int> users)
    {
        lock (_digests)
        {
            foreach (var user in _digests.Keys.Where(user => !users.Contains(user)).ToList())
            {
                Remove(user);
            }
        }
    }

    /// <returns>An owner without a number when the key is nobody's.</returns>
    public PasskeyOwner Find(Passkey passkey) => _owners.GetValueOrDefault(passkey.Digest());

    private bool IsCurrent(int user, PasskeyDigest digest) => _digests.TryGetValue(user, out var current) && current == digest;
}
