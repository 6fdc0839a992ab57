using System.Security.Cryptography;
using OrchardTracker.Swarms;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>Private trackers over UDP: the passkey comes in the URL's path (BEP 41), or the client goes on to HTTP.</summary>
public sealed class PrivateUdpTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Should_know_users_over_udp_alone_by_the_path_that_libtorrent_sends(string ip)
    {
        await using var tracker = await PrivateTracker.StartAsync(ip);
        await using var seeder = await Clients.StartAsync(ClientKind.Libtorrent, tracker.TorrentFileOf(1, "udp"), tracker.Files.CopyFor("seeder"), ip);
        await Eventually.IsTrueAsync(() => tracker.Counts.Seeders == 1, () => $"the seeder has announced\n{seeder}\n{tracker}");
        await using var downloader = await Clients.StartAsync(ClientKind.Libtorrent, tracker.TorrentFileOf(2, "udp"), tracker.Files.NewFolder("downloader"), ip);

        await AssertSharedAsync(tracker, seeder, downloader);
        await downloader.AssertTrackerWorksAsync();
        Assert.Equal(0, tracker.Engine.Counters.Read(TrackerCounter.OverHttp));
        Assert.Equal(0, tracker.Engine.Counters.Read(Failure.PasskeyMissing));
    }

    /// <summary>They send no path over UDP, are told that the tracker needs a passkey, and ask their next URL.</summary>
    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Transmission)]
    public async Task Should_refuse_over_udp_and_serve_by_http_those_that_send_no_path(ClientKind kind)
    {
        await using var tracker = await PrivateTracker.StartAsync("127.0.0.1");
        await using var seeder = await Clients.StartAsync(kind, tracker.TorrentFileOf(1, "udp", "http"), tracker.Files.CopyFor("seeder"), "127.0.0.1");
        await Eventually.IsTrueAsync(() => tracker.Counts.Seeders == 1, () => $"the seeder has announced\n{seeder}\n{tracker}");
        Assert.InRange(tracker.Engine.Counters.Read(Failure.PasskeyMissing), 1, long.MaxValue);
        Assert.InRange(tracker.Engine.Counters.Read(TrackerCounter.OverHttp), 1, long.MaxValue);

        await using var downloader = await Clients.StartAsync(ClientKind.Libtorrent, tracker.TorrentFileOf(2, "udp"), tracker.Files.NewFolder("downloader"), "127.0.0.1");
        await AssertSharedAsync(tracker, seeder, downloader);
    }

    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Transmission)]
    public async Task Should_say_over_udp_that_a_passkey_is_missing(ClientKind kind)
    {
        await using var tracker = await PrivateTracker.StartAsync("127.0.0.1");
        await using var client = await Clients.StartAsync(kind, tracker.TorrentFileOf(1, "udp"), tracker.Files.CopyFor("seeder"), "127.0.0.1");

        await Eventually.IsTrueAsync(
            async () => (await client.TrackerStatusAsync()).Contains("this tracker needs a passkey", StringComparison.Ordinal), () => $"the client shows why\n{client}\n{tracker}");
        Assert.Equal((0, 0), (tracker.Counts.Seeders, tracker.Counts.Leechers));
    }

    /// <summary>libtorrent 2.0.8 tells of the refusal, but shows nobody its text.</summary>
    [Fact]
    public async Task Should_refuse_a_wrong_passkey_over_udp()
    {
        await using var tracker = await PrivateTracker.StartAsync("127.0.0.1");
        var wrong = new Passkey(RandomNumberGenerator.GetBytes(Passkey.Length));
        await using var client = await Libtorrent.StartAsync(tracker.TorrentFileWith(wrong, "udp"), tracker.Files.CopyFor("seeder"), "127.0.0.1");

        await Eventually.IsTrueAsync(
            async () => (await client.TrackerStatusAsync()).Contains("tracker sent a failure message", StringComparison.Ordinal), () => $"the client is refused\n{client}\n{tracker}");
        Assert.InRange(tracker.Engine.Counters.Read(Failure.PasskeyUnknown), 1, long.MaxValue);
        Assert.Equal((0, 0), (tracker.Counts.Seeders, tracker.Counts.Leechers));
    }

    private static async Task AssertSharedAsync(PrivateTracker tracker, IClient seeder, IClient downloader)
    {
        await Eventually.IsTrueAsync(downloader.IsCompleteAsync, () => $"the download is complete\n{downloader}\n{seeder}\n{tracker}");
        tracker.Files.AssertArrivedIn(downloader.Folder);

        // What he is charged with comes last.
        await Eventually.IsTrueAsync(
            () => tracker.Counts is { Seeders: 2, Leechers: 0, Completed: 1 } && tracker.Downloaded.GetValueOrDefault(2) >= tracker.Torrent.TotalLength, () => $"the tracker has counted\n{downloader}\n{seeder}\n{tracker}");
        Assert.Equal([1, 2], tracker.Users);
        Assert.Equal([2], tracker.Completions);
        Assert.Equal(0, tracker.Downloaded.GetValueOrDefault(1));
        Assert.InRange(tracker.Downloaded[2], tracker.Torrent.TotalLength, 2 * tracker.Torrent.TotalLength);
    }
}
