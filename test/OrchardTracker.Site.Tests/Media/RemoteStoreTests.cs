using System.Net;
using System.Net.Http.Headers;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Publishing.Tests.Seeding;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Media that are kept elsewhere, and come as streams that cannot be sought in: the way of the modules for Azure and Amazon.</summary>
public sealed class RemoteStoreTests(RemoteSite site) : IClassFixture<RemoteSite>
{
    private TestSite Site => site.Site;

    private string Staged => Path.Combine(Site.Folder, "App_Data/Sites/Default/OrchardTracker/Staged");

    [Fact]
    public async Task Should_hash_a_stream_and_seed_from_a_local_copy_that_is_made_once()
    {
        var (entry, bytes) = await site.PublishAsync("far.bin", 1_000_000);
        using var stream = new MemoryStream(bytes);
        var expected = await TorrentCreator.CreateFromStreamAsync("far.bin", stream, bytes.Length, new TorrentOptions());
        Assert.Equal(expected.TrackerHashes[0].ToString(), entry.InfoHash);

        Assert.Equal(bytes[500_000..600_000], await GetRangeAsync(entry, 500_000, 599_999));
        var opened = site.Faults.Opened["far.bin"];
        Assert.Equal(bytes[..10], await GetRangeAsync(entry, 0, 9));
        using var peer = await TestPeer.JoinAsync(site.Publishing.Seeder.Current!, entry.GetHashes()[0]);
        await peer.BeServedAsync();
        Assert.Equal(bytes[..16_384], await peer.DownloadAsync(0, 0, 16_384));

        Assert.Equal(opened, site.Faults.Opened["far.bin"]);
    }

    [Fact]
    public async Task Should_keep_local_copies_within_their_bound()
    {
        await Site.SetAsync(settings => settings.StagingBytes = 2_500_000);
        for (var i = 0; i < 4; i++)
        {
            var (entry, bytes) = await site.PublishAsync($"bounded {i}.bin", 1_000_000);
            Assert.Equal(bytes[..100], await GetRangeAsync(entry, 0, 99));
            Assert.InRange(new DirectoryInfo(Staged).GetFiles().Sum(file => file.Length), 1_000_000, 2_500_000);
        }

        var (large, _) = await site.PublishAsync("too large.bin", 2_600_000);
        using var visitor = Site.CreateClient();
        using var refused = await visitor.GetAsync(SeedOf(large));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await Site.SetAsync(settings => settings.StagingBytes = 1 << 30);
    }

    [Fact]
    public async Task Should_give_the_new_bytes_at_its_url_when_a_file_is_replaced()
    {
        var (former, _) = await site.PublishAsync("again.bin", 100_000);
        using var visitor = Site.CreateClient();
        await visitor.GetByteArrayAsync("media/again.bin");
        var bytes = new byte[90_000];
        Random.Shared.NextBytes(bytes);

        await Site.WriteAsync("again.bin", bytes, overwrite: true);

        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/again.bin"));
        var entry = await Site.WaitForEntryAsync("again.bin", entry => entry is { State: MediaEntryState.Ready, IsStale: false } && entry.InfoHash != former.InfoHash);
        Assert.Equal(bytes[..100], await GetRangeAsync(entry!, 0, 99));
    }

    [Fact]
    public async Task Should_hide_an_original_and_show_it_again()
    {
        var (entry, bytes) = await site.PublishAsync("shy.bin", 100_000);
        using var visitor = Site.CreateClient();
        await visitor.GetByteArrayAsync("media/shy.bin");

        await Site.HideAsync("shy.bin");
        using (var gone = await visitor.GetAsync("media/shy.bin"))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        await Site.ShowAsync("shy.bin");
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/shy.bin"));
        Assert.Equal(entry.InfoHash, (await Site.WaitForTorrentAsync("shy.bin")).InfoHash);
    }

    private static string SeedOf(MediaEntry entry) => $"media-torrents/seed/{entry.InfoHash}/-/{Uri.EscapeDataString(entry.TorrentName!)}";

    private async Task<byte[]> GetRangeAsync(MediaEntry entry, int from, int to)
    {
        using var visitor = Site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, SeedOf(entry));
        request.Headers.Range = new RangeHeaderValue(from, to);
        using var response = await visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
