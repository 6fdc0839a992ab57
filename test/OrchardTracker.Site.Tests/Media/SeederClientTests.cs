using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Real clients download hidden originals from the site's own seeder alone.</summary>
public sealed class SeederClientTests(ClientSite site) : IClassFixture<ClientSite>
{
    [Theory]
    [InlineData(ClientKind.Aria2, 1_024, false)]
    [InlineData(ClientKind.Aria2, 1_024, true)]
    [InlineData(ClientKind.Aria2, 20_000_000, false)]
    [InlineData(ClientKind.Aria2, 20_000_000, true)]
    [InlineData(ClientKind.Libtorrent, 1_024, false)]
    [InlineData(ClientKind.Libtorrent, 1_024, true)]
    [InlineData(ClientKind.Libtorrent, 20_000_000, false)]
    [InlineData(ClientKind.Libtorrent, 20_000_000, true)]
    public async Task Should_download_a_hidden_original(ClientKind kind, int length, bool byMagnet)
    {
        var path = $"only/{kind} {length} {byMagnet}.bin";
        await site.DownloadAsync(kind, path, length, byMagnet);
        Assert.True(await site.Site.IsHiddenAsync(path));
    }

    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    public Task Should_download_a_visible_file_by_magnet(ClientKind kind) => site.DownloadAsync(kind, $"magnet {kind}.bin", 3_000_000, byMagnet: true);

    [Fact]
    public async Task Should_tell_on_the_dashboard_what_was_downloaded_and_who_gave_it()
    {
        const int Length = 3_000_000;
        var (entry, _) = await site.PublishAsync("only/counted.bin", Length);
        var before = await FindShareAsync();
        using var folder = new ClientFolder();
        await using var client = await Clients.StartAsync(ClientKind.Libtorrent, await site.GetAsync(entry, byMagnet: false, folder.Path), folder.New("client"), "127.0.0.1");
        await site.WaitAsync(client);

        // The last block is counted when it has been sent, which the client may tell of first.
        var share = before;
        await MediaSteps.EventuallyAsync(
            async () => (share = await FindShareAsync()).Downloaded == before.Downloaded + Length && share.Given >= before.Given + Length,
            () => $"{before} {share}\n{site.Site.Log}");

        Assert.InRange(share.Given, before.Given + Length, before.Given + (2 * Length));
        using var admin = await site.Site.SignInAsync(TestSite.AdminName);
        var page = await admin.GetStringAsync("Admin");
        var values = Regex.Matches(page[page.IndexOf("media-torrents-widget", StringComparison.Ordinal)..], "<dd[^>]*>([^<]*)</dd>").Take(3).Select(match => match.Groups[1].Value.Trim());
        Assert.Equal([FileSize.Show(share.Downloaded), FileSize.Show(share.Given), FileSize.Show(share.GivenBySwarm)], values);
    }

    [Theory(Explicit = true)]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    public Task Should_download_a_gigabyte(ClientKind kind) => site.DownloadAsync(kind, $"only/{kind} large.bin", 1_000_000_000, byMagnet: false);

    private Task<SwarmShare> FindShareAsync() => site.Site.InTenantAsync(services => services.GetRequiredService<MediaTorrentRows>().GetShareAsync());
}
