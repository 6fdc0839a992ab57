using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public sealed class AllocationTests
{
    private const int Announces = 10_000;

    private static readonly Passkey Passkey = new(new byte[Swarms.Passkey.Length]);

    public enum Kind
    {
        Leecher,
        Seeder,
        Alternating,
        WithIds,
        OfUser,
        Hybrid,
        DualStack,
        Moving,
    }

    public static TheoryData<Kind, int> Cases()
    {
        var cases = new TheoryData<Kind, int>();
        foreach (var kind in Enum.GetValues<Kind>())
        {
            foreach (var peers in (int[])[1, 50, 100_000])
            {
                cases.Add(kind, peers);
            }
        }

        return cases;
    }

    /// <summary>Through the engine with rates, counters and access on: all that an announce passes but the wire.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_allocate_nothing_for_an_announce_of_a_peer_that_is_known(Kind kind, int peers)
    {
        var engine = new TrackerEngine(new TrackerSettings { Rate = new RateLimit(60_000, 1_000_000) }, TimeProvider.System);
        var hash = new InfoHash(new byte[InfoHash.Length]);
        var second = new InfoHash(Enumerable.Repeat((byte)1, InfoHash.Length).ToArray());
        engine.Torrents.Set(new TorrentEntry(hash, kind == Kind.Hybrid ? second : null));
        if (kind == Kind.OfUser)
        {
            engine.Passkeys.Set(1, Passkey.Digest());
            engine.Settings = engine.Settings with { Mode = TrackerMode.Private };
        }

        for (var client = 0; client < peers; client++)
        {
            engine.Store.Announce(Announce(client, hash, client % 2), default);
        }

        // What an announce allocates, each round allocates; what the runtime makes once, only one does.
        var least = long.MaxValue;
        var given = 0;
        for (var round = 0; round < 5 && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            given = Run(engine, kind, hash, second);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        if (kind is Kind.Leecher or Kind.WithIds or Kind.Moving)
        {
            // All but the client itself, as far as they are wanted.
            Assert.Equal(Announces * Math.Min(50, peers - 1), given);
        }
    }

    /// <returns>How many peers were given.</returns>
    private static int Run(TrackerEngine engine, Kind kind, InfoHash hash, InfoHash second)
    {
        Span<Endpoint4> v4 = stackalloc Endpoint4[50];
        Span<Endpoint6> v6 = stackalloc Endpoint6[50];
        Span<PeerId> ids4 = stackalloc PeerId[kind == Kind.WithIds ? 50 : 0];
        Span<PeerId> ids6 = stackalloc PeerId[kind == Kind.WithIds ? 50 : 0];
        var given = 0;
        for (var round = 0; round < Announces; round++)
        {
            AnnounceRequest request = default;
            request.Peer = Announce(0, hash, kind switch { Kind.Seeder => 0, Kind.Alternating => round % 2, _ => 1 });
            request.Peer.Wanted = 50;
            switch (kind)
            {
                case Kind.OfUser:
                    request.PasskeyPresence = PasskeyPresence.Present;
                    request.Passkey = Passkey;
                    break;
                case Kind.Hybrid when round % 2 == 1:
                    request.Peer.InfoHash = second;
                    break;
                case Kind.DualStack when round % 2 == 1:
                    request.Peer.Address = PeerAddress.FromBytes([0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
                    break;
                case Kind.Moving:
                    request.Peer.Port = (ushort)(7000 + round % 2);
                    break;
            }

            var reply = engine.Announce(ref request, new PeerSpace(v4, v6, ids4, ids6));
            given += reply.Failure == Failure.None ? reply.Outcome.Written4 : throw new InvalidOperationException($"{reply.Failure}");
        }

        return given;
    }

    private static PeerAnnounce Announce(int client, InfoHash hash, long left)
    {
        Span<byte> id = stackalloc byte[PeerId.Length];
        BitConverter.TryWriteBytes(id, client);
        return new PeerAnnounce
        {
            InfoHash = hash,
            PeerId = new PeerId(id),
            Key = (uint)client + 1,
            Address = PeerAddress.FromV4((uint)client + 0x0A000000),
            Port = 6881,
            Left = left,
        };
    }
}
