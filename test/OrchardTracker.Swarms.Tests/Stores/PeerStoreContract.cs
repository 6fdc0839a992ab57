using System.Security.Cryptography;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

/// <summary>What any peer store must do. A store passes when a class derived from this one does.</summary>
public abstract partial class PeerStoreContract
{
    protected static readonly StoreLimits DefaultLimits = new();

    private IPeerStore? _store;

    protected TestClock Clock { get; } = new();

    /// <summary>A store within <see cref="DefaultLimits"/>.</summary>
    protected IPeerStore Store => LazyInitializer.EnsureInitialized(ref _store, () => CreateStore(DefaultLimits, Clock));

    protected static InfoHash Torrent { get; } = HashOf(1);

    /// <summary>The v2 hash of a hybrid whose v1 hash is <see cref="Torrent"/>.</summary>
    protected static InfoHash TorrentV2 { get; } = HashOf(2);

    /// <summary>A new and empty store.</summary>
    protected abstract IPeerStore CreateStore(StoreLimits limits, TimeProvider time);

    protected static InfoHash HashOf(int number) => new(SHA1.HashData(BitConverter.GetBytes(number)));

    protected void UseLimits(StoreLimits limits) => _store = CreateStore(limits, Clock);

    protected Answer Announce(
        Client client,
        AnnounceEvent because = AnnounceEvent.None,
        long left = 1,
        long uploaded = 0,
        long downloaded = 0,
        long corrupt = 0,
        int wanted = 0,
        InfoHash? hash = null,
        bool onlyIfKnown = false) => Answer.Of(Store, new PeerAnnounce
        {
            InfoHash = hash ?? Torrent,
            PeerId = client.Id,
            Address = PeerAddress.From(client.Endpoint.Address),
            Port = (ushort)client.Endpoint.Port,
            Key = client.Key,
            User = client.User,
            Event = because,
            Left = left,
            Uploaded = uploaded,
            Downloaded = downloaded,
            Corrupt = corrupt,
            Wanted = wanted,
            OnlyIfKnown = onlyIfKnown,
        });

    protected Answer Seed(Client client, InfoHash? hash = null, int wanted = 0) => Announce(client, left: 0, hash: hash, wanted: wanted);

    protected Answer Leech(Client client, InfoHash? hash = null, int wanted = 0) => Announce(client, hash: hash, wanted: wanted);

    protected Answer Stop(Client client, InfoHash? hash = null) => Announce(client, AnnounceEvent.Stopped, hash: hash);

    protected SwarmCounts Counts(InfoHash? hash = null)
    {
        Assert.True(Store.TryGetCounts(hash ?? Torrent, out var counts));
        return counts;
    }

    protected IReadOnlyList<PeerView> Peers(InfoHash? hash = null) => Store.GetPeers(hash ?? Torrent, int.MaxValue);
}
