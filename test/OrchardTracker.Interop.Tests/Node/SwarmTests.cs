namespace OrchardTracker.Interop.Tests.Node;

/// <summary>
/// Real clients that find each other by the node's tracker alone: nobody publishes its files there, and all other ways to
/// find peers are off.
/// </summary>
public sealed class SwarmTests
{
    [Theory]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent, "127.0.0.1", false)]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent, "127.0.0.1", true)]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent, "::1", false)]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent, "::1", true)]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2, "127.0.0.1", false)]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2, "127.0.0.1", true)]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2, "::1", false)]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2, "::1", true)]
    public Task Should_bring_a_seeder_and_a_downloader_together(ClientKind seeder, ClientKind downloader, string ip, bool isFolder) =>
        ShareAsync(seeder, downloader, ip, isFolder, megabytes: 20);

    [Theory(Explicit = true)]
    [InlineData(ClientKind.Aria2, ClientKind.Libtorrent)]
    [InlineData(ClientKind.Transmission, ClientKind.Aria2)]
    public Task Should_bring_them_together_over_a_gigabyte(ClientKind seeder, ClientKind downloader) =>
        ShareAsync(seeder, downloader, "127.0.0.1", isFolder: true, megabytes: 1024);

    private static async Task ShareAsync(ClientKind seederKind, ClientKind downloaderKind, string ip, bool isFolder, int megabytes)
    {
        using var files = new SharedFiles(isFolder, megabytes);
        await using var node = await RunningNode.StartAsync(files, ip, "--Publish:WebSeeds=false");
        Assert.Empty(node.Torrent.WebSeeds);

        await using var seeder = await Clients.StartAsync(seederKind, node.TorrentFile, files.CopyFor("seeder"), ip);
        await node.HasAsync(seeders: 1, leechers: 0, downloads: 0, seeder);
        await using var downloader = await Clients.StartAsync(downloaderKind, node.TorrentFile, files.NewFolder("downloader"), ip);
        await Eventually.IsTrueAsync(downloader.IsCompleteAsync, () => $"the download is complete\n{downloader}\n{seeder}\n{node}");

        files.AssertArrivedIn(downloader.Folder);
        await node.HasAsync(seeders: 2, leechers: 0, downloads: 1, seeder, downloader);
        await seeder.AssertTrackerWorksAsync();
        await downloader.AssertTrackerWorksAsync();
        await node.AssertNothingWasRefusedAsync();
    }
}
