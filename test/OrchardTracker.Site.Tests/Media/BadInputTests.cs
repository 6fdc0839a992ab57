using System.Net;
using System.Security.Cryptography;
using OrchardCore.FileStorage;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Files that are not as one would like them, and stores that fail.</summary>
public sealed class BadInputTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData("empty.bin", 0)]
    [InlineData("line\nbreak empty.bin", 100)]
    [InlineData("con.empty.bin", 100)]
    public async Task Should_say_why_a_file_gets_no_torrent(string name, int length)
    {
        await Site.WriteAsync(name, new byte[length]);

        var entry = await Site.WaitForEntryAsync(name, entry => entry is { State: MediaEntryState.Failed });

        Assert.NotNull(entry!.Error);
        using var editor = await Site.SignInAsync(TestSite.AdminName);
        Assert.Contains("text-danger", await editor.GetStringAsync("Admin/MediaTorrents?Search=empty.bin"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ümläut ß 歌 🎵.bin")]
    [InlineData("a'b\"c<d>&e.bin")]
    [InlineData("100% #1 ?x=1&y=2+3;z.bin")]
    [InlineData("%2e%2e%2fpasswd.bin")]
    [InlineData("...leading and trailing....bin")]
    [InlineData("-rf --no-preserve-root.bin")]
    public async Task Should_take_awkward_names_as_they_are(string name)
    {
        await Site.WriteAsync($"names/{name}", RandomNumberGenerator.GetBytes(2_000));
        var entry = await Site.WaitForTorrentAsync($"names/{name}");
        using var visitor = Site.CreateClient();

        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent"));
        var page = await visitor.GetStringAsync($"media-torrents/{entry.EntryId}");

        Assert.Equal(name, torrent.Name);
        Assert.DoesNotContain("<d>", page, StringComparison.Ordinal);
        using var seed = await visitor.GetAsync($"media-torrents/seed/{entry.InfoHash}/-/{Uri.EscapeDataString(name)}");
        Assert.Equal(HttpStatusCode.OK, seed.StatusCode);
    }

    [Fact]
    public async Task Should_take_a_name_of_two_hundred_letters()
    {
        var name = new string('x', 200) + ".bin";
        await Site.WriteAsync(name, RandomNumberGenerator.GetBytes(2_000));

        Assert.Equal(name, (await Site.WaitForTorrentAsync(name)).TorrentName);
    }

    [Fact]
    public async Task Should_end_with_a_torrent_of_the_last_bytes_when_a_file_changes_again_and_again()
    {
        byte[] last = [];
        for (var i = 0; i < 20; i++)
        {
            last = RandomNumberGenerator.GetBytes(300_000 + i);
            await Site.WriteAsync("changing.bin", last, overwrite: true);
        }

        var entry = await Site.WaitForEntryAsync("changing.bin", entry => entry is { State: MediaEntryState.Ready, IsStale: false } && entry.Length == last.Length);

        using var stream = new MemoryStream(last);
        var expected = await TorrentCreator.CreateFromStreamAsync("changing.bin", stream, last.Length, new TorrentOptions());
        Assert.Equal(expected.TrackerHashes[0].ToString(), entry!.InfoHash);
    }

    [Fact]
    public async Task Should_leave_no_half_file_when_an_upload_breaks_off()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Site.InStoreAsync(files => files.CreateFileFromStreamAsync("broken.bin", new FailingStream(100_000))));

        Assert.False(File.Exists(Path.Combine(Site.Folder, "App_Data/Sites/Default/Media/broken.bin")));
        Assert.Null(await Site.FindEntryAsync("broken.bin"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_tell_what_a_store_has_thrown_and_try_again_when_it_is_told_to(bool isTimeout)
    {
        const string Reason = "The disk is on fire.";
        var faults = new StoreFaults();
        await using var site = await TestSite.StartAsync(RemoteMedia.Options(faults));
        faults.Reading = isTimeout ? new TimeoutException(Reason) : new FileStoreException(Reason);
        await site.WriteAsync("file.bin", RandomNumberGenerator.GetBytes(2_000));
        var failed = await site.WaitForEntryAsync("file.bin", entry => entry is { State: MediaEntryState.Failed });
        Assert.Equal("It could not be read: {0}", failed!.Error);
        Assert.Equal([Reason], failed.ErrorArguments);

        faults.Reading = null;
        await site.ActAsync("file.bin", MediaTorrentBulkAction.Remake);

        await site.WaitForTorrentAsync("file.bin");
    }
}
