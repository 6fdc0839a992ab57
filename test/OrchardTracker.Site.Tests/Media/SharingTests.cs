using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>How much of what clients download the site gives itself, and how much they give each other.</summary>
public sealed class SharingTests(SlowSeederSite site) : IClassFixture<SlowSeederSite>
{
    private const int Length = 20_000_000;

    [Fact]
    public async Task Should_give_a_smaller_share_as_the_swarm_grows()
    {
        var alone = await DownloadAsync(ClientKind.Libtorrent);
        var together = await DownloadAsync(ClientKind.Libtorrent, ClientKind.Transmission, ClientKind.Aria2);

        TestContext.Current.SendDiagnosticMessage($"The site gave {alone:P0} to one client, {together:P0} to three.");
        Assert.InRange(alone, 0.999, 1.2);
        Assert.True(together < alone - 0.1, $"The site gave {alone:P0} to one client, {together:P0} to three.");
    }

    // The site's part of all bytes downloaded.
    private async Task<double> DownloadAsync(params ClientKind[] kinds)
    {
        var (entry, bytes) = await site.PublishAsync($"only/shared by {kinds.Length}.bin", Length);
        using var folder = new ClientFolder();
        var torrent = await site.GetAsync(entry, byMagnet: false, folder.Path);
        var before = site.Publishing.Seeder.Uploaded;
        List<IClient> clients = [];
        try
        {
            foreach (var kind in kinds)
            {
                clients.Add(await Clients.StartAsync(kind, torrent, folder.New($"{kind}"), "127.0.0.1"));
            }

            await site.WaitAsync([.. clients]);
            foreach (var client in clients)
            {
                Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, entry.TorrentName!)));
            }
        }
        finally
        {
            foreach (var client in clients)
            {
                await client.DisposeAsync();
            }
        }

        return (site.Publishing.Seeder.Uploaded - before) / ((double)Length * kinds.Length);
    }
}
