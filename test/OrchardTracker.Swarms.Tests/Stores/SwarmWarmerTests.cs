using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Stores;

public sealed class SwarmWarmerTests
{
    private const int Room = 16;

    private readonly MemoryPeerStore _store = new(new StoreLimits(), TimeProvider.System);

    [Fact]
    public void Should_read_what_an_announce_will_and_leave_everything_as_it_was()
    {
        for (var client = 0; client < 100; client++)
        {
            Announce(client, AnnounceEvent.Started);
        }

        var before = (_store.GetTotals(), _store.GetPeers(default, 200).ToHashSet());
        var warmer = new SwarmWarmer(_store, Room);
        Assert.Equal(0, warmer.Warm());

        Add(warmer, 7);
        Add(warmer, 1_000_000);
        warmer.Add(new InfoHash([.. Enumerable.Repeat((byte)9, InfoHash.Length)]), PeerAddress.From(new Client(7).Endpoint.Address), 6881);
        warmer.Add(default, PeerAddress.From(new Client(7).AtV6.Endpoint.Address), 6881);

        Assert.NotEqual(0, warmer.Warm());
        Assert.Equal(before.Item1, _store.GetTotals());
        Assert.Equal(before.Item2, [.. _store.GetPeers(default, 200)]);
    }

    [Fact]
    public void Should_stand_that_everything_changes_meanwhile()
    {
        using var ended = new CancellationTokenSource();
        Exception? failure = null;
        long read = 0;
        var warming = new Thread(() =>
        {
            try
            {
                var warmer = new SwarmWarmer(_store, Room);
                for (var round = 0; !ended.IsCancellationRequested || read == 0; round++)
                {
                    for (var i = 0; i < Room; i++)
                    {
                        Add(warmer, (round * Room + i) % 200);
                    }

                    read += warmer.Warm();
                }
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        warming.Start();

        // Up and down through the sizes at which indexes come and go, and the arrays are replaced.
        for (var round = 0; round < 2_000; round++)
        {
            for (var client = 0; client < 200; client++)
            {
                Announce(client, AnnounceEvent.None);
            }

            for (var client = 0; client < 200; client++)
            {
                Announce(client, AnnounceEvent.Stopped);
            }

            if (round % 50 == 0)
            {
                _store.Remove(default);
                Announce(0, AnnounceEvent.None);
            }
        }

        Announce(0, AnnounceEvent.None);
        ended.Cancel();
        warming.Join();
        Assert.Null(failure);
        Assert.Equal(1, _store.GetTotals().Peers);
    }

    private static void Add(SwarmWarmer warmer, int client)
    {
        var endpoint = new Client(client).Endpoint;
        warmer.Add(default, PeerAddress.From(endpoint.Address), (ushort)endpoint.Port);
    }

    private void Announce(int number, AnnounceEvent because)
    {
        var client = new Client(number);
        PeerAnnounce announce = new()
        {
            Address = PeerAddress.From(client.Endpoint.Address),
            Port = (ushort)client.Endpoint.Port,
            PeerId = client.Id,
            Key = client.Key,
            Left = number % 2,
            Event = because,
        };
        _store.Announce(announce, default);
    }
}
