using System.Security.Cryptography;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Changes of the media store, how they are taken in, and what of them is left behind.</summary>
public sealed class StoreChangesTests
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Should_take_in_all_changes_but_the_one_that_cannot_be()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "only", Folder = "only", Choices = new MediaChoices { IsTorrentOnly = true } }]);

        // Where a file cannot be hidden, because a folder is there.
        Directory.CreateDirectory(InSite(site, "OrchardTracker/Originals/only/poison.bin/x"));
        Directory.CreateDirectory(InSite(site, "Media/only"));
        foreach (var name in (string[])["only/poison.bin", "one.bin", "two.bin", "only/three.bin"])
        {
            await File.WriteAllBytesAsync(InSite(site, "Media/" + name), RandomNumberGenerator.GetBytes(2_000));
        }

        // It finds all at once.
        await site.SweepAsync();

        foreach (var name in (string[])["one.bin", "two.bin", "only/three.bin"])
        {
            await site.WaitForTorrentAsync(name);
        }

        await MediaSteps.EventuallyAsync(() => Task.FromResult(site.Log.ToString()!.Contains("Written of 'only/poison.bin'", StringComparison.Ordinal)), () => $"Nobody is told.\n{site.Log}");
    }

    [Fact]
    public async Task Should_hide_and_show_in_a_store_of_somebodys_own_that_has_no_cache()
    {
        await using var site = await TestSite.StartAsync(RemoteMedia.Options(new StoreFaults(), hasCache: false));
        var bytes = RandomNumberGenerator.GetBytes(20_000);
        await site.WriteAsync("own.bin", bytes);
        await site.WaitForTorrentAsync("own.bin");
        var file = Path.Combine(site.Folder, "Remote/own.bin");

        await site.HideAsync("own.bin");
        Assert.False(File.Exists(file));

        await site.ShowAsync("own.bin");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.False(File.Exists(InSite(site, "Media/own.bin")));
    }

    [Fact]
    public async Task Should_leave_no_resized_copy_of_a_file_that_is_moved_to_where_files_are_hidden()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "only", Folder = "only", Choices = new MediaChoices { IsTorrentOnly = true } }]);
        await ResizeAsync(site, "moved.png");

        await site.InStoreAsync(files => files.MoveFileAsync("moved.png", "only/moved.png"));

        Assert.Empty(ListResized(site));
    }

    [Fact]
    public async Task Should_find_resized_copies_that_a_hiding_left_which_was_cut_off()
    {
        await using var site = await TestSite.StartAsync();
        await ResizeAsync(site, "cut.png");

        // As a process leaves it that is killed between moving and purging.
        Directory.CreateDirectory(InSite(site, "OrchardTracker/Originals"));
        File.Move(InSite(site, "Media/cut.png"), InSite(site, "OrchardTracker/Originals/cut.png"));
        await site.SweepAsync();

        await MediaSteps.EventuallyAsync(() => Task.FromResult(ListResized(site).Length == 0), () => $"They are left.\n{site.Log}");
    }

    private static async Task ResizeAsync(TestSite site, string path)
    {
        await site.WriteAsync(path, Picture);
        await site.WaitForTorrentAsync(path);
        using var visitor = site.CreateClient();
        await visitor.GetByteArrayAsync($"media/{path}?width=50");
        Assert.NotEmpty(ListResized(site));
    }

    private static string[] ListResized(TestSite site) => Directory.GetFiles(Path.Combine(site.Folder, "wwwroot/Default/is-cache"), "*", SearchOption.AllDirectories);

    private static string InSite(TestSite site, string path) => Path.Combine(site.Folder, "App_Data/Sites/Default", path);
}
