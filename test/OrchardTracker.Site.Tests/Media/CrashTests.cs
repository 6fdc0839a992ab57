using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>What is left when the site is killed in the middle of its work.</summary>
public sealed class CrashTests
{
    private const int UploadLength = 3_000_000;

    [Fact]
    public async Task Should_hash_anew_what_was_being_hashed()
    {
        var folder = await PrepareAsync();

        // Sparse: longer to hash than any machine takes to show a page, quick to make.
        await using (var large = File.Create(MediaFile(folder, "large.bin")))
        {
            large.SetLength(500L << 30);
        }

        await using (var process = await SiteProcess.StartAsync(folder))
        {
            using var editor = await process.SignInAsync();
            await MediaSteps.EventuallyAsync(
                async () => (await editor.GetStringAsync("Admin/MediaTorrents")).Contains("role=\"progressbar\"", StringComparison.Ordinal), () => "It is not being hashed.");
            await process.KillAsync();
        }

        await using (var large = File.OpenWrite(MediaFile(folder, "large.bin")))
        {
            large.SetLength(100L << 20);
        }

        await AssertAllIsRightAsync(folder);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_have_one_right_torrent_of_each_file_after_uploads_and_moves_were_cut_off(bool isMoving)
    {
        var folder = await PrepareAsync();
        await using (var process = await SiteProcess.StartAsync(folder))
        {
            using var editor = await process.SignInAsync();
            var begun = new TaskCompletionSource();
            var killing = Task.Run(async () =>
            {
                // Wherever that is, as long as something has been done: nothing may depend on it.
                await begun.Task;
                await Task.Delay(Random.Shared.Next(2_000));
                await process.KillAsync();
            });
            try
            {
                for (var i = 0; ; i++)
                {
                    await editor.UploadAsync("", $"upload-{i}.pdf", RandomNumberGenerator.GetBytes(UploadLength));
                    if (isMoving)
                    {
                        using var moved = await editor.PostFormAsync("Admin/MediaTorrents", new() { ["oldPath"] = $"upload-{i}.pdf", ["newPath"] = $"moved-{i}.pdf" }, "Admin/Media/MoveMedia");
                        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
                    }

                    begun.TrySetResult();
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                await killing;
            }
        }

        await AssertAllIsRightAsync(folder);
    }

    private static async Task<string> PrepareAsync()
    {
        var site = await TestSite.StartAsync();
        return await site.StopAsync();
    }

    private static string MediaFile(string folder, string path) => Path.Combine(folder, "App_Data/Sites/Default/Media", path);

    private static async Task AssertAllIsRightAsync(string folder)
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        await site.SweepAsync();
        IReadOnlyList<MediaEntry> entries = [];
        string[] there = [];
        await MediaSteps.EventuallyAsync(
            async () =>
            {
                entries = await site.InTenantAsync(async services => (IReadOnlyList<MediaEntry>)[.. (await services.GetRequiredService<MediaEntryStore>().Query().ListAsync())
                    .Where(entry => entry.State != MediaEntryState.Removed)]);
                there = [.. Directory.GetFiles(MediaFile(folder, ""), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(MediaFile(folder, ""), file)).Order(StringComparer.Ordinal)];
                return entries.All(entry => entry.State == MediaEntryState.Ready) && entries.Select(entry => entry.Path).Order(StringComparer.Ordinal).SequenceEqual(there);
            },
            () => $"Files: {string.Join(", ", there)}\nEntries: {string.Join(", ", entries.Select(entry => $"{entry.Path} {entry.State}"))}\n{site.Log}");

        foreach (var entry in entries)
        {
            await using var stream = File.OpenRead(MediaFile(folder, entry.Path));
            Assert.True(!entry.Path.EndsWith(".pdf", StringComparison.Ordinal) || stream.Length == UploadLength, $"{entry.Path} is half a file: {stream.Length}");
            var expected = await TorrentCreator.CreateFromStreamAsync(entry.TorrentName!, stream, stream.Length, new TorrentOptions());
            Assert.Equal(expected.TrackerHashes[0].ToString(), entry.InfoHash);
        }
    }
}
