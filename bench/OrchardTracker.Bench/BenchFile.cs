namespace OrchardTracker.Bench;

/// <summary>A file of random bytes, in the page cache, in a folder of its own, which is removed afterwards.</summary>
internal sealed class BenchFile : IDisposable
{
    private const int BlockLength = 1_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-bench-").FullName;

    public BenchFile(int megabytes)
    {
        Length = (long)megabytes * BlockLength;
        using var file = File.Create(Path);
        var random = new Random(1);
        var block = new byte[BlockLength];
        for (; megabytes > 0; megabytes--)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }

    public const string Name = "bench.bin";

    public string Path => Beside(Name);

    public long Length { get; }

    /// <summary>A path in the folder of the file.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
