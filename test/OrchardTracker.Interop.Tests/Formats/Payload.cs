namespace OrchardTracker.Interop.Tests.Formats;

/// <summary>A folder of files, on disk, with all that is awkward about files: names, lengths, order.</summary>
internal sealed class Payload : IDisposable
{
    public const int PieceLength = 64 << 10;

    private static readonly (string Path, int Length)[] All =
    [
        ("payload/a/x.bin", 300_000),
        ("payload/a!.bin", 1),
        ("payload/a.bin", PieceLength),
        ("payload/b/c/deep.bin", (5 * PieceLength) + 1),
        ("payload/empty", 0),
        ("payload/sixteen", 16 << 10),
        ("payload/Über & 日本.txt", 12_345),
        ("payload/z.bin", 2_000_000),
        ("single file.bin", 3_456_789),
    ];

    public Payload()
    {
        Root = Directory.CreateTempSubdirectory("orchardtracker-formats-").FullName;
        foreach (var (path, length) in All)
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
            File.WriteAllBytes(this[path], bytes);
        }
    }

    public string Root { get; }

    public string Folder => this["payload"];

    public string Single => this["single file.bin"];

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>The files of the folder, or the single one, as clients name them.</summary>
    public static IEnumerable<(string Path, long Length)> Files(bool folder) =>
        All.Where(file => file.Path.StartsWith("payload/", StringComparison.Ordinal) == folder).Select(file => (file.Path, (long)file.Length));

    public string Source(bool folder) => folder ? Folder : Single;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
