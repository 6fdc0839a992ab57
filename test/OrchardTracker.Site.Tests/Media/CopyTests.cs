using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Media;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Copies of files: they have torrents of their own, and give nothing away that their originals keep.</summary>
public sealed class CopyTests(CopyTests.Fixture fixture) : IClassFixture<CopyTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_make_a_torrent_of_its_own_of_a_copy()
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        await Site.WriteAsync("original.bin", bytes);
        var original = await Site.WaitForTorrentAsync("original.bin");

        await CopyAsync("original.bin", "copies/copy.bin");

        var copy = await Site.WaitForTorrentAsync("copies/copy.bin");
        using var stream = new MemoryStream(bytes);
        var expected = await TorrentCreator.CreateFromStreamAsync("copy.bin", stream, bytes.Length, new TorrentOptions());
        Assert.Equal(expected.TrackerHashes[0].ToString(), copy.InfoHash);
        Assert.False(copy.IsRestricted);
        Assert.False(await Site.IsHiddenAsync("copies/copy.bin"));
        var unchanged = await Site.WaitForTorrentAsync("original.bin");
        Assert.Equal((original.EntryId, original.InfoHash), (unchanged.EntryId, unchanged.InfoHash));
        using var visitor = Site.CreateClient();
        Assert.Equal(copy.InfoHash, Metainfo.Parse(await visitor.GetByteArrayAsync("media/copies/copy.bin?torrent")).TrackerHashes[0].ToString());
    }

    [Fact]
    public async Task Should_go_on_offering_the_copy_when_the_original_is_deleted()
    {
        // The same name and the same bytes are one torrent.
        await Site.WriteAsync("twins/one/twin.bin", RandomNumberGenerator.GetBytes(50_000));
        var original = await Site.WaitForTorrentAsync("twins/one/twin.bin");
        await CopyAsync("twins/one/twin.bin", "twins/two/twin.bin");
        var copy = await Site.WaitForTorrentAsync("twins/two/twin.bin");
        Assert.Equal(original.InfoHash, copy.InfoHash);
        Assert.NotEqual(original.EntryId, copy.EntryId);

        await Site.InStoreAsync(files => files.TryDeleteFileAsync("twins/one/twin.bin"));
        await Site.WaitForEntryAsync("twins/one/twin.bin", entry => entry is null);

        using var visitor = Site.CreateClient();
        Assert.Equal(copy.InfoHash, Metainfo.Parse(await visitor.GetByteArrayAsync("media/twins/two/twin.bin?torrent")).TrackerHashes[0].ToString());
    }

    [Fact]
    public async Task Should_offer_the_torrent_of_a_copy_of_a_hidden_original_that_everybody_may_have()
    {
        await Site.WriteAsync("open.bin", RandomNumberGenerator.GetBytes(5_000));
        await Site.WaitForTorrentAsync("open.bin");
        await Site.HideAsync("open.bin");

        await CopyAsync("open.bin", "open copy.bin");

        var copy = await Site.WaitForTorrentAsync("open copy.bin");
        Assert.False(copy.IsRestricted);
        Assert.True(await Site.IsHiddenAsync("open copy.bin"));
        using var visitor = Site.CreateClient();
        await visitor.GetByteArrayAsync($"media-torrents/{copy.EntryId}.torrent");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_withhold_a_copy_of_a_hidden_original_that_not_everybody_may_have(bool isOwned)
    {
        var name = isOwned ? "owned" : "orphaned";
        await WithholdAsync($"{name}.bin", isOwned);

        await CopyAsync($"{name}.bin", $"{name} copy.bin");
        await AssertWithheldAsync($"{name} copy.bin");
        await CopyAsync($"{name} copy.bin", $"only/{name} copy of a copy.bin");
        var entry = await AssertWithheldAsync($"only/{name} copy of a copy.bin");

        // Until somebody decides.
        await Site.ActAsync(entry.Path, MediaTorrentBulkAction.List);
        await Site.WaitForEntryAsync(entry.Path, entry => entry is { State: MediaEntryState.Ready, IsRestricted: false, IsPrivate: false });
        using var visitor = Site.CreateClient();
        await visitor.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent");
    }

    [Fact]
    public async Task Should_withhold_a_copy_that_is_moved_at_once()
    {
        await WithholdAsync("quick.bin", isOwned: false);

        await Site.InBackgroundAsync(async services =>
        {
            var files = services.GetRequiredService<IMediaFileStore>();
            await files.CopyFileAsync("quick.bin", "quick copy.bin");
            await files.MoveFileAsync("quick copy.bin", "quick moved.bin");
        });

        await AssertWithheldAsync("quick moved.bin");
    }

    [Fact]
    public async Task Should_withhold_the_torrent_of_a_folder_into_which_one_is_copied_or_moved()
    {
        await WithholdAsync("foldered.bin", isOwned: false);
        foreach (var album in (string[])["copied", "moved"])
        {
            await Site.WriteAsync($"albums/{album}/free.bin", RandomNumberGenerator.GetBytes(5_000));
            await Site.WaitForEntryAsync($"albums/{album}", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false });
        }

        await CopyAsync("foldered.bin", "albums/copied/foldered.bin");
        await Site.InBackgroundAsync(services => services.GetRequiredService<IMediaFileStore>().MoveFileAsync("foldered.bin", "albums/moved/foldered.bin"));

        foreach (var album in (string[])["copied", "moved"])
        {
            await Site.WaitForEntryAsync($"albums/{album}", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true, Length: 10_000 });
            using var visitor = Site.CreateClient();
            using var refused = await visitor.GetAsync($"media/albums/{album}/free.bin?torrent");
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    /// <summary>Makes a hidden original that is for members, or for nobody since its item is gone.</summary>
    private async Task WithholdAsync(string path, bool isOwned)
    {
        await Site.WriteAsync(path, RandomNumberGenerator.GetBytes(5_000));
        await Site.WaitForTorrentAsync(path);
        var item = await Site.AddReleaseAsync(path, isPublished: true, path);
        await Site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        await Site.HideAsync(path);
        if (!isOwned)
        {
            await Site.ChangeItemAsync(item, (contents, release) => contents.RemoveAsync(release));
        }
    }

    private Task CopyAsync(string from, string to) => Site.InBackgroundAsync(async services =>
    {
        var files = services.GetRequiredService<IMediaFileStore>();
        await files.TryCreateDirectoryAsync(Path.GetDirectoryName(to)!);
        await files.CopyFileAsync(from, to);
    });

    private async Task<MediaEntry> AssertWithheldAsync(string path)
    {
        var entry = (await Site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready }))!;
        Assert.True(entry.IsRestricted);
        Assert.True((await Site.FindTorrentAsync(entry)).IsPrivate);
        Assert.True(await Site.IsHiddenAsync(path));
        using var visitor = Site.CreateClient();
        using (var original = await visitor.GetAsync($"media/{path}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, original.StatusCode);
        }

        using var member = await Site.SignInAsync("member");
        foreach (var client in (HttpClient[])[visitor, member])
        {
            foreach (var url in (string[])[$"media/{path}?torrent", $"media-torrents/{entry.EntryId}", $"media-torrents/{entry.EntryId}.torrent", $"media-torrents/seed/{entry.InfoHash}/-/{entry.TorrentName ?? path}"])
            {
                using var refused = await client.GetAsync(url);
                Assert.Equal((url, HttpStatusCode.NotFound), (url, refused.StatusCode));
            }
        }

        return entry;
    }

    /// <summary>A site on which members alone see content.</summary>
    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.DefineReleaseAsync();
            await Site.ShowContentToMembersAloneAsync();
            await Site.SetAsync(settings =>
            {
                settings.Choices = settings.Choices with { IsPublished = false };
                settings.Rules =
                [
                    new MediaRule { Id = "only", Folder = "only", Choices = new MediaChoices { IsTorrentOnly = true, IsPublished = false } },
                    new MediaRule { Id = "album", Folder = "albums/*", Choices = new MediaChoices { Scope = MediaScope.Folder, IsPublished = false } },
                ];
            });
        }
    }
}
