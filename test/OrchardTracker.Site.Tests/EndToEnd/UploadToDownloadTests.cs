using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Swarms;
using Eventually = OrchardTracker.Site.Tests.Hosting.Eventually;

namespace OrchardTracker.Site.Tests.EndToEnd;

/// <summary>
/// All of it: an editor uploads a file in the media library's page, a visitor finds its torrent in the list and takes it,
/// and a client downloads the file from the site alone, announcing to the site.
/// </summary>
public sealed class UploadToDownloadTests(SiteFixture fixture) : IClassFixture<SiteFixture>, IDisposable
{
    private readonly TestSite _site = fixture.Site;
    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-e2e-").FullName;

    [Theory]
    [InlineData(ClientKind.Aria2, "A2-")]
    [InlineData(ClientKind.Libtorrent, "-LT")]
    [InlineData(ClientKind.Transmission, "-TR")]
    public async Task Should_bring_an_uploaded_file_to_whoever_takes_its_torrent(ClientKind kind, string peerId)
    {
        var name = $"Holiday film for {kind}.mp4";
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);

        await UploadAsync(name, bytes);
        var file = await TakeTorrentAsync(name);
        var torrent = Metainfo.Parse(await File.ReadAllBytesAsync(file));
        var downloads = Directory.CreateDirectory(Path.Combine(_folder, "downloads")).FullName;
        await using var client = await Clients.StartAsync(kind, file, downloads, "127.0.0.1");
        await Eventually.HoldsAsync(client.IsCompleteAsync);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(downloads, torrent.Name)));
        await client.AssertTrackerWorksAsync();

        await Eventually.HoldsAsync(async () => (await GetPeersAsync(torrent)).Any(peer =>
            peer.IsSeeder && Encoding.ASCII.GetString(peer.Id.Bytes).StartsWith(peerId, StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task UploadAsync(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(file, bytes);
        var page = await _site.OpenAsAsync(TestSite.AdminName);
        await page.GotoAsync("Admin/Media");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(file);

        // While it is on its way its name is shown as well.
        await Assertions.Expect(page.Locator(".media-item", new() { HasText = name }).First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>As a visitor, by clicks; the publishing takes a moment, so he looks again.</summary>
    private async Task<string> TakeTorrentAsync(string name)
    {
        var page = await _site.OpenAsync();
        var link = page.GetByRole(AriaRole.Link, new() { Name = Path.GetFileNameWithoutExtension(name) });
        await Eventually.HoldsAsync(async () =>
        {
            await page.GotoAsync("torrents");
            return await link.CountAsync() > 0;
        });
        await page.LeaveByAsync(link.First);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='.torrent']").First.ClickAsync());
        var file = Path.Combine(_folder, "taken.torrent");
        await download.SaveAsAsync(file);
        await page.Context.CloseAsync();
        return file;
    }

    private Task<IReadOnlyList<PeerView>> GetPeersAsync(Metainfo torrent) => _site.InTenantAsync(services =>
        Task.FromResult(services.GetRequiredService<ISiteTracker>().GetPeers(torrent.TrackerHashes[0], 100)));
}
