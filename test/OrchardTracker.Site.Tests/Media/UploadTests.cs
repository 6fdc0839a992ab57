using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

public sealed class UploadTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private readonly TestSite _site = fixture.Site;

    [Fact]
    public async Task Should_make_a_torrent_of_a_file_uploaded_into_the_library()
    {
        using var editor = await _site.SignInAsync(TestSite.AdminName);
        var bytes = RandomNumberGenerator.GetBytes(100_000);

        await editor.UploadAsync("", "upload.pdf", bytes);

        var entry = await _site.WaitForTorrentAsync("upload.pdf");
        var torrent = await _site.FindTorrentAsync(entry);
        Assert.Equal("upload.pdf", torrent.Name);
        Assert.Equal(bytes.Length, torrent.TotalLength);
        Assert.True(torrent.MatchesPiece(0, bytes.AsSpan(0, torrent.GetPieceLength(0))));
    }

    [Fact]
    public async Task Should_make_one_torrent_of_a_file_that_is_uploaded_in_pieces()
    {
        using var editor = await _site.SignInAsync(TestSite.AdminName);
        var bytes = RandomNumberGenerator.GetBytes(2_500_000);
        var token = await editor.GetAntiforgeryTokenAsync("Admin/MediaTorrents");
        var uploadId = $"{Guid.NewGuid()}";
        foreach (var chunk in bytes.Chunk(1_000_000).Select((part, i) => (Part: part, From: i * 1_000_000L)))
        {
            await editor.UploadPieceAsync(
                token, uploadId, "chunked.pdf", chunk.Part, new ContentRangeHeaderValue(chunk.From, chunk.From + chunk.Part.Length - 1, bytes.Length));

            // Nothing is to be found of it before it is whole.
            await _site.SweepAsync();
            Assert.Equal(chunk.From + chunk.Part.Length == bytes.Length, File.Exists(Path.Combine(_site.Folder, "App_Data/Sites/Default/Media/chunked.pdf")));
        }

        await AssertTorrentAsync("chunked.pdf", bytes);
        Assert.Single(await _site.InTenantAsync(async services => await services.GetRequiredService<MediaEntryStore>().Query().Where(index => index.Path.Contains("chunked")).ListAsync()));
    }

    [Fact]
    public async Task Should_make_a_torrent_of_a_file_that_a_recipe_brings_and_another_one_when_it_brings_others()
    {
        foreach (var length in (int[])[40_000, 50_000])
        {
            var bytes = RandomNumberGenerator.GetBytes(length);

            await _site.RunStepAsync($$"""{ "name": "media", "Files": [ { "TargetPath": "imports/recipe.pdf", "Base64": "{{Convert.ToBase64String(bytes)}}" } ] }""");

            await AssertTorrentAsync("imports/recipe.pdf", bytes);
        }
    }

    [Fact]
    public async Task Should_show_the_file_in_the_admin_list()
    {
        using var editor = await _site.SignInAsync(TestSite.AdminName);
        await _site.WriteAsync("listed/list.bin", RandomNumberGenerator.GetBytes(5_000));
        await _site.WaitForTorrentAsync("listed/list.bin");

        var page = await editor.GetStringAsync("Admin/MediaTorrents?Search=list.bin");

        Assert.Contains("listed/list.bin", page, StringComparison.Ordinal);
        Assert.Contains("data-state=\"Ready\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_the_torrent_when_the_file_is_moved()
    {
        await _site.WriteAsync("move/from.bin", RandomNumberGenerator.GetBytes(5_000));
        var before = await _site.WaitForTorrentAsync("move/from.bin");

        await _site.InStoreAsync(files => files.MoveFileAsync("move/from.bin", "move/to.bin"));

        var after = await _site.WaitForTorrentAsync("move/to.bin");
        Assert.Equal((before.EntryId, before.InfoHash), (after.EntryId, after.InfoHash));
        Assert.Null(await _site.FindEntryAsync("move/from.bin"));
    }

    [Fact]
    public async Task Should_supersede_the_torrent_when_the_content_is_replaced()
    {
        await _site.WriteAsync("replaced.bin", RandomNumberGenerator.GetBytes(5_000));
        var before = await _site.WaitForTorrentAsync("replaced.bin");

        await _site.WriteAsync("replaced.bin", RandomNumberGenerator.GetBytes(6_000), overwrite: true);

        var after = await _site.WaitForEntryAsync("replaced.bin", entry => entry is { State: MediaEntryState.Ready } && entry.InfoHash != before.InfoHash);
        Assert.Equal(before.InfoHash, Assert.Single(after!.Former).InfoHash);
    }

    [Fact]
    public async Task Should_lead_from_the_former_torrent_to_the_new_one()
    {
        await _site.WriteAsync("updated.bin", RandomNumberGenerator.GetBytes(5_000));
        var before = await _site.WaitForTorrentAsync("updated.bin");
        using var visitor = _site.CreateClient();
        var former = Metainfo.Parse(await visitor.GetByteArrayAsync("media/updated.bin?torrent"));
        var bytes = RandomNumberGenerator.GetBytes(6_000);
        await _site.WriteAsync("updated.bin", bytes, overwrite: true);
        await _site.WaitForEntryAsync("updated.bin", entry => entry is { State: MediaEntryState.Ready } && entry.InfoHash != before.InfoHash);

        // As a client does that has the former one and knows nothing else (BEP 39).
        var update = Metainfo.Parse(await visitor.GetByteArrayAsync(former.UpdateUrl));

        Assert.NotEqual(former.TrackerHashes, update.TrackerHashes);
        Assert.True(update.MatchesPiece(0, bytes));
        Assert.Equal(former.UpdateUrl, update.UpdateUrl);
        Assert.Equal(bytes, await visitor.GetByteArrayAsync(Assert.Single(update.WebSeeds)));
    }

    [Fact]
    public async Task Should_take_the_torrent_down_when_the_file_is_deleted()
    {
        await _site.WriteAsync("deleted.bin", RandomNumberGenerator.GetBytes(5_000));
        await _site.WaitForTorrentAsync("deleted.bin");

        await _site.InStoreAsync(files => files.TryDeleteFileAsync("deleted.bin"));

        await _site.WaitForEntryAsync("deleted.bin", entry => entry is null);
    }

    [Fact]
    public async Task Should_find_a_file_that_was_put_there_past_the_site()
    {
        await File.WriteAllBytesAsync(Path.Combine(_site.Folder, "App_Data/Sites/Default/Media/past.bin"), RandomNumberGenerator.GetBytes(5_000));

        await _site.SweepAsync();

        await _site.WaitForTorrentAsync("past.bin");
    }

    private async Task AssertTorrentAsync(string path, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var expected = await TorrentCreator.CreateFromStreamAsync(Path.GetFileName(path), stream, bytes.Length, new TorrentOptions());
        await _site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready, IsStale: false } && entry.InfoHash == expected.TrackerHashes[0].ToString());
    }
}
