using System.Security.Cryptography;
using System.Text;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Paths in the media store, as they are kept and compared: slashes between names, none at the ends.</summary>
public static class MediaPaths
{
    // Where the editor of an attached media field uploads to, before the content item is saved.
    private const string FieldFolder = "mediafields/";
    private const string FieldUploads = FieldFolder + "temp/";

    private const int UploadIdLength = 36;

    public static string Normalize(string? path) => path?.Replace('\\', '/').Trim('/', ' ') ?? "";

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    /// <summary>Whether a file is on its way to somewhere else.</summary>
    public static bool IsTemporary(string path) => path.StartsWith(FieldUploads, StringComparison.OrdinalIgnoreCase);

    /// <summary>The folders that a path is in, the innermost first.</summary>
    public static IEnumerable<string> FoldersOf(string path)
    {
        for (var folder = FolderOf(path); folder.Length > 0; folder = FolderOf(folder))
        {
            yield return folder;
        }
    }

    /// <summary>Whether a file was uploaded for one content item, and lies in that item's folder.</summary>
    public static bool IsAttached(string path) => path.StartsWith(FieldFolder, StringComparison.OrdinalIgnoreCase) && !IsTemporary(path);

    /// <summary>The name that somebody uploaded a temporary file by: the field's editor puts an id of its own before it.</summary>
    public static string UploadedNameOf(string path)
    {
        var name = NameOf(path);
        return name.Length > UploadIdLength && Guid.TryParseExact(name[..UploadIdLength], "D", out _) ? name[UploadIdLength..] : name;
    }

    /// <summary>The path as a key of fixed length: paths are longer than a database takes into an index.</summary>
    public static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
}
