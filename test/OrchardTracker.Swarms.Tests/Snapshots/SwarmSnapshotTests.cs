using System.Buffers.Binary;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms.Tests.Model;

namespace OrchardTracker.Swarms.Tests.Snapshots;

public sealed class SwarmSnapshotTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);
    private static readonly InfoHash Torrent = new(Enumerable.Repeat((byte)1, InfoHash.Length).ToArray());
    private static readonly InfoHash TorrentV2 = new(Enumerable.Repeat((byte)2, InfoHash.Length).ToArray());

    private readonly string _folder = Directory.CreateTempSubdirectory("engine-snapshot-").FullName;
    private readonly TestClock _clock = new();

    private string Path => System.IO.Path.Combine(_folder, "state", "swarms");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_lose_no_peer()
    {
        var store = NewStore();
        store.Link(Torrent, TorrentV2);
        for (var client = 0; client < 500; client++)
        {
            var user = client % 3 * client;
            Announce(store, new Client(client).Of(user), left: client % 2, uploaded: client);
            Announce(store, new Client(client).Of(user).AtV6, left: client % 2, hash: TorrentV2);
            Announce(store, new Client(client), hash: HashOf(client));
        }

        var restored = await Restart(store);

        AssertSame(store, restored);
        Assert.Equal(1500, restored.GetTotals().Peers);
        Assert.Equal(store.GetTotals(), restored.GetTotals() with { Bytes = store.GetTotals().Bytes });
    }

    [Fact]
    public void Should_restore_whatever_has_happened() => Prop.ForAll(ScenarioArbitrary.Scenarios, scenario =>
        {
            var store = new MemoryPeerStore(new StoreLimits(), _clock);
            foreach (var step in scenario.Steps)
            {
                switch (step)
                {
                    case Step.Announce announce:
                        store.Announce(announce.Said, default);
                        break;
                    case Step.Link link:
                        store.Link(link.V1, link.V2);
                        break;
                    case Step.Unlink unlink:
                        store.Unlink(unlink.V2);
                        break;
                    case Step.Pass pass:
                        _clock.Advance(pass.Time / 4);
                        break;
                }
            }

            AssertSame(store, Restart(store).GetAwaiter().GetResult());
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public async Task Should_go_on_accounting_where_it_stopped()
    {
        var store = NewStore();
        Announce(store, new Client(1).Of(5), AnnounceEvent.Started, left: 0);
        Announce(store, new Client(1).Of(5), left: 0, uploaded: 100);
        Announce(store, new Client(2).Of(5), left: 0);
        _clock.Advance(TimeSpan.FromMinutes(3));

        var restored = await Restart(store);

        var delta = Announce(restored, new Client(1).Of(5), left: 0, uploaded: 130).Outcome.Account;
        Assert.Equal((30L, TimeSpan.FromMinutes(3)), (delta.Uploaded, delta.SeedingTime));
        Assert.Equal(TimeSpan.Zero, Announce(restored, new Client(2).Of(5), left: 0).Outcome.Account.SeedingTime);
    }

    [Fact]
    public async Task Should_remember_what_was_completed()
    {
        var store = NewStore();
        Announce(store, new Client(1));
        Announce(store, new Client(1), AnnounceEvent.Completed, left: 0);

        var restored = await Restart(store);

        Assert.False(Announce(restored, new Client(1), AnnounceEvent.Completed, left: 0).Outcome.HasCompleted);
        Assert.Equal(1, Counts(restored).Completed);
    }

    [Fact]
    public async Task Should_keep_the_count_of_downloads_of_an_empty_swarm_as_long_as_before()
    {
        var store = NewStore();
        Announce(store, new Client(1));
        Announce(store, new Client(1), AnnounceEvent.Completed, left: 0);
        Announce(store, new Client(1), AnnounceEvent.Stopped);
        _clock.Advance(TimeSpan.FromHours(23));

        var restored = await Restart(store);
        restored.Sweep();
        Assert.Equal(1, Counts(restored).Completed);
        _clock.Advance(TimeSpan.FromHours(2));
        restored.Sweep();
        Assert.False(restored.TryGetCounts(Torrent, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(60 * 24 * 30)]
    public async Task Should_give_peers_time_to_announce_again_however_long_it_was_away(int minutes)
    {
        var store = NewStore();
        Announce(store, new Client(1));
        _clock.Advance(TimeSpan.FromMinutes(44));
        await SwarmSnapshot.SaveAsync(store, Path);

        _clock.Advance(TimeSpan.FromMinutes(minutes));
        var restored = await Load();
        _clock.Advance(Grace - TimeSpan.FromSeconds(16));
        Assert.Equal(0, restored.Sweep());
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(1, restored.Sweep());
    }

    [Fact]
    public async Task Should_not_make_a_peer_younger_than_it_was()
    {
        var store = NewStore();
        Announce(store, new Client(1));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await SwarmSnapshot.SaveAsync(store, Path);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.InRange(Assert.Single((await Load()).GetPeers(Torrent, 9)).Idle, TimeSpan.FromMinutes(14.5), TimeSpan.FromMinutes(15.5));
    }

    [Fact]
    public async Task Should_not_mind_a_clock_on_the_wall_that_was_set_back()
    {
        var store = NewStore();
        Announce(store, new Client(1));
        await SwarmSnapshot.SaveAsync(store, Path);
        _clock.SetWallClock(TimeSpan.FromDays(-1));

        Assert.Equal(0, (await Load()).Sweep());
    }

    [Fact]
    public async Task Should_begin_empty_when_there_is_no_file()
    {
        var store = NewStore();

        Assert.Equal(0, await SwarmSnapshot.LoadAsync(store, Path, Grace));
        Assert.Equal(0, store.GetTotals().Swarms);
    }

    [Fact]
    public async Task Should_give_a_taken_snapshot_once()
    {
        await SaveSome();
        var (first, second) = (NewStore(), NewStore());

        Assert.Equal(3, await SwarmSnapshot.TakeAsync(first, Path, Grace));
        Assert.Equal(3, first.GetTotals().Peers);
        Assert.Equal(0, await SwarmSnapshot.TakeAsync(second, Path, Grace));
        Assert.Equal(0, second.GetTotals().Swarms);
        Assert.Empty(Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public async Task Should_leave_a_damaged_snapshot_where_it_is()
    {
        var damaged = await SaveSome();
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(Path, damaged);

        await Assert.ThrowsAsync<SnapshotException>(() => SwarmSnapshot.TakeAsync(NewStore(), Path, Grace));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task Should_save_and_load_an_empty_store()
    {
        Assert.Equal(0, (await Restart(NewStore())).GetTotals().Swarms);
    }

    [Fact]
    public async Task Should_refuse_a_file_that_is_cut_anywhere()
    {
        var whole = await SaveSome();
        for (var length = 0; length < whole.Length; length++)
        {
            await AssertRefused(whole[..length]);
        }
    }

    [Fact]
    public async Task Should_refuse_a_file_with_any_byte_changed()
    {
        var whole = await SaveSome();
        for (var offset = 0; offset < whole.Length; offset++)
        {
            whole[offset] ^= 0x10;
            await AssertRefused(whole);
            whole[offset] ^= 0x10;
        }
    }

    [Fact]
    public async Task Should_refuse_a_file_that_has_grown() => await AssertRefused([.. await SaveSome(), 0]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(10_000)]
    public async Task Should_refuse_what_is_no_snapshot(int length) => await AssertRefused(RandomNumberGenerator.GetBytes(length));

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(200)]
    public async Task Should_refuse_a_foreign_file_whose_checksum_is_right(int length) =>
        await AssertRefused(WithChecksum(new byte[length]), "no snapshot");

    [Fact]
    public async Task Should_refuse_another_version_and_name_it()
    {
        var body = (await SaveSome())[..^32];
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(8), 77);

        await AssertRefused(WithChecksum(body), "version 77");
    }

    [Fact]
    public async Task Should_leave_one_whole_file_when_it_saves_again()
    {
        await SaveSome();
        var store = NewStore();
        Announce(store, new Client(7));
        await SwarmSnapshot.SaveAsync(store, Path);

        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
        Assert.Equal(new Client(7).Endpoint, Assert.Single((await Load()).GetPeers(Torrent, 9)).Endpoint);
    }

    [Fact]
    public async Task Should_keep_the_old_file_when_saving_fails()
    {
        var before = await SaveSome();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SwarmSnapshot.SaveAsync(NewStore(), Path, new CancellationToken(canceled: true)));

        Assert.Equal(before, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task Should_not_be_misled_by_a_file_that_was_never_finished()
    {
        await SaveSome();
        await File.WriteAllBytesAsync(Path + ".new", [1, 2, 3]);

        Assert.Equal(3, (await Load()).GetTotals().Peers);
        await SwarmSnapshot.SaveAsync(NewStore(), Path);
        Assert.Equal(0, (await Load()).GetTotals().Peers);
    }

    [Fact]
    public async Task Should_save_while_the_store_goes_on()
    {
        var store = NewStore();
        using var stopping = new CancellationTokenSource();
        var announcing = Task.Run(() =>
        {
            for (var client = 0; !stopping.IsCancellationRequested; client = (client + 1) % 5000)
            {
                Announce(store, new Client(client), (AnnounceEvent)(client % 5), hash: HashOf(client % 50));
            }
        });
        for (var round = 0; round < 20; round++)
        {
            await SwarmSnapshot.SaveAsync(store, Path);
            var restored = await Load();
            Assert.Equal(restored.GetTotals().Leechers, restored.GetTotals().Peers);
        }

        await stopping.CancelAsync();
        await announcing;
    }

    private static InfoHash HashOf(int number) => new(SHA1.HashData(BitConverter.GetBytes(number)));

    private static byte[] WithChecksum(byte[] body) => [.. body, .. SHA256.HashData(body)];

    private static SwarmCounts Counts(MemoryPeerStore store) => store.TryGetCounts(Torrent, out var counts) ? counts : default;

    private static Answer Announce(
        MemoryPeerStore store, Client client, AnnounceEvent because = AnnounceEvent.None, long left = 1, long uploaded = 0, InfoHash? hash = null) =>
        Answer.Of(store, new PeerAnnounce
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
        });

    private static void AssertSame(MemoryPeerStore expected, MemoryPeerStore actual)
    {
        Assert.Equal(expected.Enumerate().OrderBy(swarm => swarm.Key), actual.Enumerate().OrderBy(swarm => swarm.Key));
        foreach (var (torrent, _) in expected.Enumerate())
        {
            Assert.Equal(Describe(expected), Describe(actual));

            string[] Describe(MemoryPeerStore store) =>
                [.. store.GetPeers(torrent, int.MaxValue).Select(peer => $"{peer with { Idle = default }}").Order(StringComparer.Ordinal)];
        }
    }

    private MemoryPeerStore NewStore() => new(new StoreLimits(), _clock);

    private async Task<MemoryPeerStore> Restart(MemoryPeerStore store)
    {
        await SwarmSnapshot.SaveAsync(store, Path);
        return await Load();
    }

    private async Task<MemoryPeerStore> Load()
    {
        var store = NewStore();
        Assert.Equal(await SwarmSnapshot.LoadAsync(store, Path, Grace), store.GetTotals().Peers);
        return store;
    }

    private async Task<byte[]> SaveSome()
    {
        var store = NewStore();
        store.Link(Torrent, TorrentV2);
        Announce(store, new Client(1).Of(5));
        Announce(store, new Client(2).AtV6, left: 0, hash: TorrentV2);
        Announce(store, new Client(3), hash: HashOf(3));
        await SwarmSnapshot.SaveAsync(store, Path);
        return await File.ReadAllBytesAsync(Path);
    }

    private async Task AssertRefused(byte[] file, string reason = "snapshot")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await File.WriteAllBytesAsync(Path, file);
        var store = NewStore();

        var exception = await Assert.ThrowsAsync<SnapshotException>(() => SwarmSnapshot.LoadAsync(store, Path, Grace));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, store.GetTotals().Swarms);
        Announce(store, new Client(1), hash: TorrentV2);
        Assert.False(store.TryGetCounts(Torrent, out _));
    }
}
