using System.Runtime.InteropServices;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>
/// Adds up what announces bring to accounts until it is written. Nothing is ever dropped: where too many pairs of users
/// and torrents wait, for example because the database is away, further ones are added up by user alone. Thread-safe.
/// </summary>
internal sealed class AccountLedger(TorrentRegistry torrents, int mostPairs = AccountLedger.MostPairs)
{
    /// <summary>About 150 bytes each.</summary>
    public const int MostPairs = 1_000_000;

    private const int ShardCount = 16;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];
    private int _pairs;

    /// <summary>How many pairs wait to be written.</summary>
    public int Count => Volatile.Read(ref _pairs);

    public void OnAccount(in AccountDelta delta, in PeerAnnounce announce)
    {
        var terms = torrents.TermsOf(delta.Torrent);
        var shard = ShardOf(delta.User);
        lock (shard.Gate)
        {
            Find(shard, new AccountKey(delta.User, delta.Torrent)).Add(delta, terms, announce.Address);
        }
    }

    /// <summary>Takes out all that waits.</summary>
    public List<KeyValuePair<AccountKey, PendingAccount>> Drain()
    {
        List<KeyValuePair<AccountKey, PendingAccount>> drained = new(Count);
        foreach (var shard in _shards)
        {
            Dictionary<AccountKey, PendingAccount> pairs;
            lock (shard.Gate)
            {
                pairs = shard.Pairs;
                shard.Pairs = [];
                Interlocked.Add(ref _pairs, -pairs.Count);
            }

            drained.AddRange(pairs);
        }

        return drained;
    }

    /// <summary>Puts back what could not be written.</summary>
    public void Restore(List<KeyValuePair<AccountKey, PendingAccount>> drained)
    {
        foreach (var (key, pending) in drained)
        {
            var shard = ShardOf(key.User);
            lock (shard.Gate)
            {
                Find(shard, key).Add(pending);
            }
        }
    }

    /// <summary>Forgets what waits for a user who is erased.</summary>
    public void Forget(int user)
    {
        var shard = ShardOf(user);
        lock (shard.Gate)
        {
            foreach (var key in shard.Pairs.Keys.Where(key => key.User == user).ToList())
            {
                shard.Pairs.Remove(key);
                Interlocked.Decrement(ref _pairs);
            }
        }
    }

    private ref PendingAccount Find(Shard shard, AccountKey key)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(shard.Pairs, key);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known))
        {
            return ref known;
        }

        if (Count >= mostPairs)
        {
            key = key with { Torrent = default };
        }

        ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(shard.Pairs, key, out var exists);
        if (!exists)
        {
            Interlocked.Increment(ref _pairs);
        }

        return ref pending;
    }

    private Shard ShardOf(int user) => _shards[(uint)user % ShardCount];

    private sealed class Shard
    {
        public Lock Gate { get; } = new();

        public Dictionary<AccountKey, PendingAccount> Pairs { get; set; } = [];
    }
}
