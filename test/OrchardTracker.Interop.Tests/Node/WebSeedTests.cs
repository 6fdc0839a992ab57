namespace OrchardTracker.Interop.Tests.Node;

/// <summary>Downloads with no other seeder than the node itself (BEP 19).</summary>
public sealed class WebSeedTests
{
    [Theory]
    [InlineData(ClientKind.Aria2, "127.0.0.1", false)]
    [InlineData(ClientKind.Aria2, "127.0.0.1", true)]
    [InlineData(ClientKind.Aria2, "::1", false)]
    [InlineData(ClientKind.Aria2, "::1", true)]
    [InlineData(ClientKind.Libtorrent, "127.0.0.1", false)]
    [InlineData(ClientKind.Libtorrent, "127.0.0.1", true)]
    [InlineData(ClientKind.Libtorrent, "::1", false)]
    [InlineData(ClientKind.Libtorrent, "::1", true)]
    [InlineData(ClientKind.Transmission, "127.0.0.1", false)]
    [InlineData(ClientKind.Transmission, "127.0.0.1", true)]
    [InlineData(ClientKind.Transmission, "::1", false)]
    [InlineData(ClientKind.Transmission, "::1", true)]
    public Task Should_download_from_the_node_alone(ClientKind kind, string ip, bool isFolder) => DownloadAsync(kind, ip, isFolder, megabytes: 20);

    [Fact]
    public Task Should_download_a_hybrid_from_the_node_alone() =>
        DownloadAsync(ClientKind.Libtorrent, "127.0.0.1", isFolder: true, megabytes: 20, "--Publish:Version=hybrid");

    /// <summary>aria2 asks web seeds for the padding of a hybrid, and announces it under a hash that is its own mistake.</summary>
    [Fact]
    public async Task Should_hand_a_hybrid_to_aria2_with_its_padding()
    {
        using var files = new SharedFiles(isFolder: true);
        await using var node = await RunningNode.StartAsync(files, "127.0.0.1", "--Publish:Version=hybrid");
        await using var client = await Clients.StartAsync(ClientKind.Aria2, node.TorrentFile, files.NewFolder("client"), "127.0.0.1");
        await Eventually.IsTrueAsync(client.IsCompleteAsync, () => $"the download is complete\n{client}\n{node}");

        files.AssertArrivedIn(client.Folder);
    }

    [Theory(Explicit = true)]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    [InlineData(ClientKind.Transmission)]
    public Task Should_download_a_gigabyte_from_the_node_alone(ClientKind kind) => DownloadAsync(kind, "127.0.0.1", isFolder: true, megabytes: 1024);

    private static async Task DownloadAsync(ClientKind kind, string ip, bool isFolder, int megabytes, params string[] settings)
    {
        using var files = new SharedFiles(isFolder, megabytes);
        await using var node = await RunningNode.StartAsync(files, ip, settings);
        Assert.Equal((0, 0, 0), await node.CountsAsync());

        await using var client = await Clients.StartAsync(kind, node.TorrentFile, files.NewFolder("client"), ip);
        await Eventually.IsTrueAsync(client.IsCompleteAsync, () => $"the download is complete\n{client}\n{node}");

        files.AssertArrivedIn(client.Folder);
        await node.HasOneClientAsync(client);
        await client.AssertTrackerWorksAsync();
        await node.AssertNothingWasRefusedAsync();
    }
}
