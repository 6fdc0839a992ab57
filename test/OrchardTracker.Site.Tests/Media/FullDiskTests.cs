using System.Net;
using System.Security.Cryptography;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Disks that are really full: nothing is lost, somebody is told, and it works when there is room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Length = 3_000_000;

    private readonly ClientFolder _folder = new();

    [Fact]
    public async Task Should_leave_an_original_where_it_is_that_cannot_be_hidden_and_hide_it_later()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.New("disk"));
        await using var site = await TestSite.StartAsync(OriginalsOn(disk));
        var bytes = RandomNumberGenerator.GetBytes(Length);
        await site.WriteAsync("kept.bin", bytes);
        var entry = await site.WaitForTorrentAsync("kept.bin");
        await disk.FillAsync(left: Length / 2);

        await site.ActAsync("kept.bin", MediaTorrentBulkAction.Hide);

        using var editor = await site.SignInAsync(TestSite.AdminName);
        await MediaSteps.EventuallyAsync(
            async () => (await editor.GetStringAsync("Admin/MediaTorrents")).Contains("No space left on device", StringComparison.Ordinal), () => $"Nobody is told.\n{site.Log}");
        using var visitor = site.CreateClient();
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/kept.bin"));
        await visitor.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent");
        Assert.Empty(FilesOn(disk));

        // The rest of the library goes on.
        await site.WriteAsync("other.bin", RandomNumberGenerator.GetBytes(1_000));
        await site.WaitForTorrentAsync("other.bin");

        disk.MakeRoom();
        await site.HideAsync("kept.bin");
        using var gone = await visitor.GetAsync("media/kept.bin");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(FilesOn(disk))));
        await site.WaitForEntryAsync("kept.bin", entry => entry is { State: MediaEntryState.Ready, Error: null });
        Assert.DoesNotContain("No space left", await editor.GetStringAsync("Admin/MediaTorrents"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_an_upload_that_is_to_be_hidden_and_take_it_later()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.New("disk"));
        await using var site = await TestSite.StartAsync(OriginalsOn(disk));
        await site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "only", Folder = "only", Choices = new MediaChoices { IsTorrentOnly = true } }]);
        var bytes = RandomNumberGenerator.GetBytes(Length);
        using var editor = await site.SignInAsync(TestSite.AdminName);
        await disk.FillAsync(left: Length / 2);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => editor.UploadAsync("only", "shy.mp4", bytes));

        Assert.Contains("error", refused.Message, StringComparison.Ordinal);
        await site.SweepAsync();
        Assert.Empty(FilesOn(disk));
        Assert.DoesNotContain("shy.mp4", await editor.GetStringAsync("Admin/Media/GetMediaItems?path=only"), StringComparison.Ordinal);
        Assert.Null(await site.FindEntryAsync("only/shy.mp4"));

        disk.MakeRoom();
        await editor.UploadAsync("only", "shy.mp4", bytes);
        await site.WaitForTorrentAsync("only/shy.mp4");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(FilesOn(disk))));
    }

    [Fact]
    public async Task Should_refuse_an_upload_and_a_replacement_and_keep_what_was_there()
    {
        await using var site = await TestSite.StartAsync();
        await using var disk = await SmallDisk.MountAsync(Path.Combine(site.Folder, "App_Data/Sites/Default/Media"));
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);
        await site.WriteAsync("kept.bin", bytes);
        var entry = await site.WaitForTorrentAsync("kept.bin");
        using var editor = await site.SignInAsync(TestSite.AdminName);
        await disk.FillAsync(left: 1_500_000 + bytes.Length);

        await Assert.ThrowsAnyAsync<Exception>(() => editor.UploadAsync("", "new.mp4", RandomNumberGenerator.GetBytes(Length)));
        await Assert.ThrowsAnyAsync<Exception>(() => site.WriteAsync("kept.bin", RandomNumberGenerator.GetBytes(Length), overwrite: true));

        await site.SweepAsync();
        Assert.Equal(["kept.bin"], FilesOn(disk).Select(Path.GetFileName));
        using var visitor = site.CreateClient();
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/kept.bin"));
        Assert.Equal(entry.InfoHash, (await site.WaitForTorrentAsync("kept.bin")).InfoHash);

        disk.MakeRoom();
        await editor.UploadAsync("", "new.mp4", RandomNumberGenerator.GetBytes(Length));
        await site.WaitForTorrentAsync("new.mp4");
    }

    [Fact]
    public async Task Should_give_nothing_by_web_seed_while_there_is_no_room_for_a_local_copy()
    {
        await using var site = await TestSite.StartAsync(RemoteMedia.Options(new StoreFaults()));
        await using var disk = await SmallDisk.MountAsync(Path.Combine(site.Folder, "App_Data/Sites/Default/OrchardTracker/Staged"));
        var bytes = RandomNumberGenerator.GetBytes(Length);
        await site.WriteAsync("far.bin", bytes);
        var entry = await site.WaitForTorrentAsync("far.bin");
        await disk.FillAsync(left: Length / 2);
        using var visitor = site.CreateClient();
        var seed = $"media-torrents/seed/{entry.InfoHash}/-/far.bin";

        using (var refused = await visitor.GetAsync(seed))
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        Assert.Empty(FilesOn(disk));
        disk.MakeRoom();
        Assert.Equal(bytes, await visitor.GetByteArrayAsync(seed));
        Assert.Equal(MediaEntryState.Ready, (await site.FindEntryAsync("far.bin"))!.State);
    }

    public void Dispose() => _folder.Dispose();

    private static SiteOptions OriginalsOn(SmallDisk disk) => new() { Args = [$"--OrchardCore:OrchardTracker_MediaTorrent:OriginalsFolder={disk.Folder}"] };

    private static string[] FilesOn(SmallDisk disk) =>
        [.. Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".ballast")];
}
