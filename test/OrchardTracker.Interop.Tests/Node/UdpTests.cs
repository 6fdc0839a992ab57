namespace OrchardTracker.Interop.Tests.Node;

/// <summary>Real clients that find each other over UDP (BEP 15), and what they do where they cannot.</summary>
public sealed class UdpTests
{
    [Theory]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2, "127.0.0.1", false)]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent, "127.0.0.1", true)]
    [InlineData(ClientKind.Libtorrent, ClientKind.Libtorrent, "::1", true)]
    public async Task Should_bring_them_together_over_udp_alone(ClientKind seederKind, ClientKind downloaderKind, string ip, bool isFolder)
    {
        using var files = new SharedFiles(isFolder);
        await using var node = await StartAsync(files, ip);
        await node.KeepTrackersAsync("udp");

        await using var seeder = await Clients.StartAsync(seederKind, node.TorrentFile, files.CopyFor("seeder"), ip);
        await node.HasAsync(seeders: 1, leechers: 0, downloads: 0, seeder);
        await using var downloader = await Clients.StartAsync(downloaderKind, node.TorrentFile, files.NewFolder("downloader"), ip);
        await Eventually.IsTrueAsync(downloader.IsCompleteAsync, () => $"the download is complete\n{downloader}\n{seeder}\n{node}");

        files.AssertArrivedIn(downloader.Folder);
        await node.HasAsync(seeders: 2, leechers: 0, downloads: 1, seeder, downloader);
        await seeder.AssertTrackerWorksAsync();
        await downloader.AssertTrackerWorksAsync();
        await node.AssertNothingWasRefusedAsync();
        Assert.Equal(0, (await node.RequestsAsync()).Http);
        var (ipv4, ipv6) = await node.AnnouncesAsync();
        Assert.Equal(0, ip.Contains(':', StringComparison.Ordinal) ? ipv4 : ipv6);
        Assert.InRange(ipv4 + ipv6, 3, long.MaxValue);
    }

    /// <summary>Transmission dials nobody on the loopback: the seeder comes later and finds it.</summary>
    [Fact]
    public async Task Should_tell_a_seeder_over_udp_of_a_downloader_that_is_there()
    {
        using var files = new SharedFiles(isFolder: true);
        await using var node = await StartAsync(files, "127.0.0.1");
        await node.KeepTrackersAsync("udp");

        await using var downloader = await Clients.StartAsync(ClientKind.Transmission, node.TorrentFile, files.NewFolder("downloader"), "127.0.0.1");
        await node.HasAsync(seeders: 0, leechers: 1, downloads: 0, downloader);
        await using var seeder = await Clients.StartAsync(ClientKind.Libtorrent, node.TorrentFile, files.CopyFor("seeder"), "127.0.0.1");
        await Eventually.IsTrueAsync(downloader.IsCompleteAsync, () => $"the download is complete\n{downloader}\n{seeder}\n{node}");

        files.AssertArrivedIn(downloader.Folder);
        await node.HasAsync(seeders: 2, leechers: 0, downloads: 1, seeder, downloader);
        await seeder.AssertTrackerWorksAsync();
        await downloader.AssertTrackerWorksAsync();
        await node.AssertNothingWasRefusedAsync();
        Assert.Equal(0, (await node.RequestsAsync()).Http);
    }

    /// <summary>aria2 and Transmission of today ask over UDP by IPv4 only; their next URL serves them.</summary>
    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Transmission)]
    public async Task Should_serve_by_http_those_that_cannot_reach_udp_over_ipv6(ClientKind kind)
    {
        using var files = new SharedFiles(isFolder: false);
        await using var node = await StartAsync(files, "::1");
        await node.KeepTrackersAsync("udp", "http");

        await using var seeder = await Clients.StartAsync(kind, node.TorrentFile, files.CopyFor("seeder"), "::1");
        await node.HasAsync(seeders: 1, leechers: 0, downloads: 0, seeder);
        var (http, udp) = await node.RequestsAsync();
        Assert.InRange(http, 1, long.MaxValue);
        Assert.Equal(0, udp);
        await using var downloader = await Clients.StartAsync(ClientKind.Libtorrent, node.TorrentFile, files.NewFolder("downloader"), "::1");
        await Eventually.IsTrueAsync(downloader.IsCompleteAsync, () => $"the download is complete\n{downloader}\n{seeder}\n{node}");

        files.AssertArrivedIn(downloader.Folder);
        await node.HasAsync(seeders: 2, leechers: 0, downloads: 1, seeder, downloader);
        await seeder.AssertTrackerWorksAsync();
        await downloader.AssertTrackerWorksAsync();
        await node.AssertNothingWasRefusedAsync();
        Assert.InRange((await node.RequestsAsync()).Udp, 2, long.MaxValue);
        Assert.Equal(0, (await node.AnnouncesAsync()).IPv4);
    }

    private static Task<RunningNode> StartAsync(SharedFiles files, string ip) =>
        RunningNode.StartAsync(files, ip, "--Publish:WebSeeds=false", "--Tracker:Udp:Enabled=true");
}
