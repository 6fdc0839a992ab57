using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Publishing.Tests.Seeding;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Folders that are one torrent, and folders that go with all that is in them.</summary>
public sealed class FolderTests(ClientSite site) : IClassFixture<ClientSite>
{
    private TestSite Site => site.Site;

    [Fact]
    public async Task Should_take_all_torrents_down_of_a_folder_that_is_deleted()
    {
        string[] paths = ["gone/visible.bin", "gone/hidden.bin", "gone/deep/er/file.bin"];
        List<MediaEntry> entries = [];
        foreach (var path in paths)
        {
            entries.Add((await site.PublishAsync(path, 20_000)).Entry);
        }

        var (kept, _) = await site.PublishAsync("gone and not.bin", 20_000);
        await Site.HideAsync("gone/hidden.bin");
        using var editor = await Site.SignInAsync(TestSite.AdminName);

        using var deleted = await editor.PostFormAsync("Admin/MediaTorrents", new() { ["path"] = "gone" }, "Admin/Media/DeleteFolder");

        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var visitor = Site.CreateClient();
        foreach (var entry in entries)
        {
            await Site.WaitForEntryAsync(entry.Path, found => found is null);
            await AssertTakenDownAsync(visitor, entry);
        }

        Assert.False(await Site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<HiddenOriginals>().Exists("gone/hidden.bin"))));
        await visitor.GetByteArrayAsync($"media-torrents/{kept.EntryId}.torrent");
    }

    [Fact]
    public async Task Should_take_the_torrent_of_a_folder_down_that_is_deleted()
    {
        await Site.WriteAsync("albums/deleted/one.bin", RandomNumberGenerator.GetBytes(20_000));
        await Site.WriteAsync("albums/deleted/deep/two.bin", RandomNumberGenerator.GetBytes(20_000));
        var entry = await Site.WaitForEntryAsync("albums/deleted", entry => entry is { State: MediaEntryState.Ready, Length: 40_000 });

        await Site.InStoreAsync(files => files.TryDeleteDirectoryAsync("albums/deleted"));

        await Site.WaitForEntryAsync("albums/deleted", entry => entry is null);
        using var visitor = Site.CreateClient();
        await AssertTakenDownAsync(visitor, entry!);
    }

    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    public async Task Should_give_a_folder_of_hidden_originals_by_the_seeder_alone(ClientKind kind)
    {
        await Site.SetAsync(settings => settings.Rules =
        [
            new MediaRule { Id = "shut", Folder = "shut/*", Choices = new MediaChoices { Scope = MediaScope.Folder, IsTorrentOnly = true } },
            .. settings.Rules.Where(rule => rule.Id != "shut"),
        ]);
        var files = Enumerable.Range(1, 3).ToDictionary(number => number == 3 ? "deep/3.bin" : $"{number}.bin", number => RandomNumberGenerator.GetBytes(700_000 * number));
        foreach (var (name, bytes) in files)
        {
            await Site.WriteAsync($"shut/{kind}/{name}", bytes);
        }

        var entry = (await Site.WaitForEntryAsync($"shut/{kind}", entry => entry is { State: MediaEntryState.Ready, IsFolder: true } && entry.Length == files.Values.Sum(bytes => bytes.Length)))!;

        await AssertHiddenAsync($"shut/{kind}", files.Keys);
        foreach (var name in files.Keys)
        {
            Assert.Null(await Site.FindEntryAsync($"shut/{kind}/{name}"));
        }

        await AssertDownloadedAsync(kind, entry, files);
    }

    [Fact]
    public async Task Should_hide_and_show_a_folder_as_a_whole_when_an_editor_wants_it()
    {
        var files = new Dictionary<string, byte[]> { ["a.bin"] = RandomNumberGenerator.GetBytes(300_000), ["b/c.bin"] = RandomNumberGenerator.GetBytes(200_000) };
        foreach (var (name, bytes) in files)
        {
            await Site.WriteAsync($"albums/whole/{name}", bytes);
        }

        var entry = (await Site.WaitForEntryAsync("albums/whole", entry => entry is { State: MediaEntryState.Ready, Length: 500_000 }))!;
        await Site.ActAsync("albums/whole", MediaTorrentBulkAction.Hide);
        foreach (var name in files.Keys)
        {
            await MediaSteps.EventuallyAsync(() => Site.IsHiddenAsync($"albums/whole/{name}"), () => $"{name} is not hidden\n{Site.Log}");
        }

        await AssertHiddenAsync("albums/whole", files.Keys);
        await AssertDownloadedAsync(ClientKind.Libtorrent, entry, files);

        // What comes later is hidden as well.
        await Site.WriteAsync("albums/whole/late.bin", RandomNumberGenerator.GetBytes(1_000));
        await Site.WaitForEntryAsync("albums/whole", entry => entry is { State: MediaEntryState.Ready, Length: 501_000 });
        await AssertHiddenAsync("albums/whole", ["late.bin"]);

        await Site.ActAsync("albums/whole", MediaTorrentBulkAction.Show);
        using var visitor = Site.CreateClient();
        foreach (var (name, bytes) in files)
        {
            await MediaSteps.EventuallyAsync(async () => !await Site.IsHiddenAsync($"albums/whole/{name}"), () => $"{name} is still hidden\n{Site.Log}");
            Assert.Equal(bytes, await visitor.GetByteArrayAsync($"media/albums/whole/{name}"));
        }
    }

    private async Task AssertHiddenAsync(string folder, IEnumerable<string> names)
    {
        using var visitor = Site.CreateClient();
        foreach (var name in names)
        {
            Assert.True(await Site.IsHiddenAsync($"{folder}/{name}"));
            using var gone = await visitor.GetAsync($"media/{folder}/{name}");
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync($"media/{folder}/{names.First()}?torrent"));
        Assert.Empty(torrent.WebSeeds);
        foreach (var name in names)
        {
            using var seed = await visitor.GetAsync($"media-torrents/seed/{torrent.TrackerHashes[0]}/-/{torrent.Name}/{name}");
            Assert.Equal(HttpStatusCode.NotFound, seed.StatusCode);
        }
    }

    private async Task AssertDownloadedAsync(ClientKind kind, MediaEntry entry, Dictionary<string, byte[]> files)
    {
        using var folder = new ClientFolder();
        var torrent = await site.GetAsync(entry, byMagnet: false, folder.Path);
        await using var client = await Clients.StartAsync(kind, torrent, folder.New("client"), "127.0.0.1");
        await site.WaitAsync(client);
        foreach (var (name, bytes) in files)
        {
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, entry.TorrentName!, name)));
        }
    }

    private async Task AssertTakenDownAsync(HttpClient visitor, MediaEntry entry)
    {
        foreach (var url in (string[])[$"media-torrents/{entry.EntryId}", $"media-torrents/{entry.EntryId}.torrent", $"torrents/{entry.InfoHash}.torrent", $"media-torrents/seed/{entry.InfoHash}/-/{entry.TorrentName}"])
        {
            using var gone = await visitor.GetAsync(url);
            Assert.Equal((url, HttpStatusCode.NotFound), (url, gone.StatusCode));
        }

        Assert.DoesNotContain(entry.InfoHash!, await visitor.GetStringAsync("api/torrents?take=100"), StringComparison.Ordinal);
        await MediaSteps.EventuallyAsync(
            async () => (await visitor.GetStringAsync(Announcer.Path(entry.GetHashes()[0].Announced(), 1001))).Contains("failure reason", StringComparison.Ordinal),
            () => $"{entry.Path} is tracked.\n{Site.Log}");
        using var peer = await TestPeer.ConnectAsync(site.Publishing.Seeder.Current!.Port);
        await peer.SendHandshakeAsync(entry.GetHashes()[0]);
        Assert.True(await peer.IsLetGoAsync());
    }
}
