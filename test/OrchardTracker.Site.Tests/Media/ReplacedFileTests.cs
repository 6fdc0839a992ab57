using System.Security.Cryptography;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Publishing;
using OrchardTracker.Publishing.Tests.Seeding;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Whoever replaces a file may, whoever reads it at that moment, and the readers get what they began with.</summary>
public sealed class ReplacedFileTests(ClientSite site) : IClassFixture<ClientSite>
{
    private TestSite Site => site.Site;

    [Theory]
    [InlineData("media/{0}")]
    [InlineData("media-torrents/seed/{1}/-/{0}")]
    public async Task Should_replace_a_file_that_a_visitor_is_downloading(string url)
    {
        var name = $"downloaded{url.Length}.bin";

        // More than the sockets hold.
        var (entry, bytes) = await site.PublishAsync(name, 50_000_000);
        using var visitor = Site.CreateClient();
        using var response = await visitor.GetAsync(string.Format(null, url, name, entry.InfoHash), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var download = await response.Content.ReadAsStreamAsync();
        var first = download.ReadByte();

        await AssertReplacedAsync(name);

        using var rest = new MemoryStream();
        await download.CopyToAsync(rest);
        Assert.Equal(bytes, (byte[])[(byte)first, .. rest.ToArray()]);
    }

    [Fact]
    public async Task Should_replace_a_file_that_a_peer_is_downloading()
    {
        var (entry, bytes) = await site.PublishAsync("seeded.bin", 1_000_000);
        using var peer = await TestPeer.JoinAsync(site.Publishing.Seeder.Current!, entry.GetHashes()[0]);
        await peer.BeServedAsync();
        Assert.Equal(bytes[..16_384], await peer.DownloadAsync(0, 0, 16_384));

        await AssertReplacedAsync("seeded.bin");
    }

    [Fact]
    public async Task Should_replace_a_file_that_is_being_hashed()
    {
        // Sparse: long to hash, quick to make.
        await using (var large = File.Create(MediaFile("hashed.bin")))
        {
            large.SetLength(20L << 30);
        }

        await Site.SweepAsync();
        await MediaSteps.EventuallyAsync(
            () => Task.FromResult(site.Publishing.Queue!.Jobs.Any(status => status is { Job: { Name: "hashed.bin", State: PublishingState.Hashing }, Progress.BytesDone: > 0 })),
            () => $"It is not being hashed.\n{Site.Log}");

        await AssertReplacedAsync("hashed.bin");
    }

    [Fact]
    public async Task Should_make_no_torrent_of_a_half_file()
    {
        var (former, _) = await site.PublishAsync("half.bin", 100_000);
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);
        await using var upload = new HalfwayStream(bytes);
        var writing = Site.InStoreAsync(files => files.CreateFileFromStreamAsync("half.bin", upload, overwrite: true));
        await upload.Halfway;

        await Site.SweepAsync();
        await Site.ActAsync("half.bin", MediaTorrentBulkAction.Remake);
        await MediaSteps.EventuallyAsync(
            () => Task.FromResult(site.Publishing.Queue!.Find(former.EntryId) is { Job: { IsFinished: true, State: not PublishingState.Done } }), () => $"Nobody has tried.\n{Site.Log}");
        Assert.Equal(former.InfoHash, (await Site.FindEntryAsync("half.bin"))!.InfoHash);
        upload.GoOn();
        await writing;

        await AssertTorrentAsync("half.bin", bytes);
    }

    [Fact]
    public async Task Should_keep_the_file_whose_replacement_breaks_off()
    {
        var (former, bytes) = await site.PublishAsync("kept.bin", 100_000);

        await Assert.ThrowsAnyAsync<Exception>(() => Site.InStoreAsync(files => files.CreateFileFromStreamAsync("kept.bin", new FailingStream(50_000), overwrite: true)));

        await Site.SweepAsync();
        Assert.Equal(bytes, await File.ReadAllBytesAsync(MediaFile("kept.bin")));
        Assert.Equal(former.InfoHash, (await Site.WaitForTorrentAsync("kept.bin")).InfoHash);
        Assert.Empty(Directory.GetFiles(Uploads(Site.Folder)));
    }

    [Fact]
    public async Task Should_keep_a_file_that_is_to_be_created_a_second_time()
    {
        var (_, bytes) = await site.PublishAsync("first.bin", 100_000);

        await Assert.ThrowsAnyAsync<Exception>(() => Site.WriteAsync("first.bin", [1, 2, 3]));
        await Assert.ThrowsAnyAsync<Exception>(() => Site.InStoreAsync(files => files.CopyFileAsync("first.bin", "first.bin")));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(MediaFile("first.bin")));
    }

    [Theory]
    [InlineData("replaced.bin", true)]
    [InlineData("new.bin", false)]
    public async Task Should_undo_at_the_next_start_what_was_cut_off(string path, bool isReplacement)
    {
        var first = await TestSite.StartAsync();
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        string? infoHash = null;
        if (isReplacement)
        {
            await first.WriteAsync(path, bytes);
            infoHash = (await first.WaitForTorrentAsync(path)).InfoHash;
        }

        // As a process leaves it that is killed while it writes.
        var folder = await first.StopAsync();
        var file = Path.Combine(folder, "App_Data/Sites/Default/Media", path);
        var marker = Path.Combine(Directory.CreateDirectory(Uploads(folder)).FullName, $"{MediaPaths.Hash(path)}.{Guid.NewGuid():n}");
        await File.WriteAllTextAsync(marker, path);
        if (isReplacement)
        {
            File.Move(file, marker + ".aside");
        }

        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(50_000));
        await using var site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        await MediaSteps.EventuallyAsync(() => Task.FromResult(Directory.GetFiles(Uploads(folder)).Length == 0), () => site.Log.ToString()!);
        await site.SweepAsync();

        Assert.Equal(isReplacement, File.Exists(file));
        if (isReplacement)
        {
            Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
            Assert.Equal(infoHash, (await site.WaitForTorrentAsync(path)).InfoHash);
        }
    }

    private async Task AssertReplacedAsync(string path)
    {
        var bytes = RandomNumberGenerator.GetBytes(200_000);
        await Site.WriteAsync(path, bytes, overwrite: true);
        await AssertTorrentAsync(path, bytes);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(MediaFile(path)));
    }

    private async Task AssertTorrentAsync(string path, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var expected = await TorrentCreator.CreateFromStreamAsync(path, stream, bytes.Length, new TorrentOptions());
        await Site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready, IsStale: false } && entry.InfoHash == expected.TrackerHashes[0].ToString());
    }

    private string MediaFile(string path) => Path.Combine(Site.Folder, "App_Data/Sites/Default/Media", path);

    private static string Uploads(string folder) => Path.Combine(folder, "App_Data/Sites/Default/OrchardTracker/Uploads");
}
