using System.Security.Cryptography;
using System.Text;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>The files that a folder's torrent is made of. Scoped.</summary>
public sealed class FolderFiles(IMediaFileStore files, MediaRules rules)
{
    /// <summary>All files below a folder that belong into its torrent, in the order of their paths.</summary>
    public async Task<IReadOnlyList<IFileStoreEntry>> ListAsync(string folder)
    {
        List<IFileStoreEntry> found = [];
        await foreach (var file in files.GetDirectoryContentAsync(folder, includeSubDirectories: true))
        {
            var path = MediaPaths.Normalize(file.Path);
            if (!file.IsDirectory && !MediaPaths.IsTemporary(path) && (await rules.DecideAsync(path, file.Length)) is { Choices.Make: true } decision && decision.Folder == folder)
            {
                found.Add(file);
            }
        }

        return [.. found.OrderBy(file => MediaPaths.Normalize(file.Path), StringComparer.Ordinal)];
    }

    /// <summary>Tells whether anything in a folder has changed.</summary>
    public static string FingerprintOf(IEnumerable<IFileStoreEntry> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{MediaPaths.Normalize(file.Path)}\n{file.Length}\n{file.LastModifiedUtc.Ticks}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
