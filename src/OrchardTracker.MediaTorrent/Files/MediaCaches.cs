using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>
/// Takes copies of a file out of the site's own caches: they lie below wwwroot, where the host's static files are served to
/// everybody.
/// </summary>
public sealed partial class MediaCaches(
    IWebHostEnvironment environment, ShellSettings shellSettings, IEnumerable<IMediaFileStoreCache> remoteCaches, ILogger<MediaCaches> logger)
{
    // Of ImageSharp.Web: a file of lines "key:value" beside each resized image, which does not say of what it is.
    private const string ResizedFolder = "is-cache";
    private const string SourceTimeKey = "SM:";

    // By which the times of a file and of its copies may differ.
    private const int SecondsApart = 2;

    public Task PurgeAsync(string path, DateTime modifiedUtc) => PurgeAsync([(path, modifiedUtc)]);

    /// <summary>Takes copies of several files out, in one pass.</summary>
    public async Task PurgeAsync(IReadOnlyCollection<(string Path, DateTime ModifiedUtc)> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        foreach (var (path, _) in files)
        {
            foreach (var cache in remoteCaches)
            {
                await cache.TryDeleteFileAsync(path);
            }
        }

        var seconds = files.SelectMany(file => Enumerable.Range(-SecondsApart, (2 * SecondsApart) + 1).Select(apart => SecondOf(file.ModifiedUtc) + apart)).ToHashSet();
        var folder = Path.Combine(environment.WebRootPath ?? "", shellSettings.Name, ResizedFolder);
        if (!string.IsNullOrEmpty(environment.WebRootPath) && Directory.Exists(folder))
        {
            foreach (var meta in Directory.EnumerateFiles(folder, "*.meta", SearchOption.AllDirectories))
            {
                PurgeResized(meta, seconds);
            }
        }
    }

    // All images that were last written to at that moment: rather one too many, which is made again when it is asked for.
    private void PurgeResized(string meta, HashSet<long> seconds)
    {
        try
        {
            var line = File.ReadLines(meta).FirstOrDefault(line => line.StartsWith(SourceTimeKey, StringComparison.Ordinal));
            var isKnown = DateTime.TryParse(
                line?[SourceTimeKey.Length..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.AllowWhiteSpaces, out var time);
            if (isKnown && !seconds.Contains(SecondOf(time.ToUniversalTime())))
            {
                return;
            }

            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(meta)!, Path.GetFileNameWithoutExtension(meta) + ".*"))
            {
                File.Delete(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotPurged(logger, meta, error.Message);
        }
    }

    private static long SecondOf(DateTime time) => time.Ticks / TimeSpan.TicksPerSecond;

    [LoggerMessage(LogLevel.Warning, "A resized copy of a file that is hidden now may be left in the cache, beside '{Meta}' ({Reason}). Purge the resized media cache by hand.")]
    private static partial void LogNotPurged(ILogger logger, string meta, string reason);
}
