using System.Diagnostics;
using System.Globalization;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Bench;

/// <summary>Creates torrents of a file in the page cache, beside what OpenSSL does with memory.</summary>
internal static class HashingBench
{
    private const int Rounds = 3;
    private const int Seconds = 3;

    public static async Task RunAsync(TextWriter output, int megabytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"orchardtracker-bench-{Environment.ProcessId}");
        try
        {
            WriteFile(path, megabytes);
            output.WriteLine($"A file of {megabytes:N0} MB, read from the page cache. MB are 10^6 bytes; medians of {Rounds} rounds in turns.");
            output.WriteLine();
            var threads = Environment.ProcessorCount;
            List<Row> rows =
            [
                new("openssl sha1, 1 thread", null, () => OpenSslAsync("sha1", 1)),
                new($"openssl sha1, {threads} threads", null, () => OpenSslAsync("sha1", threads)),
                new("openssl sha256, 1 thread", null, () => OpenSslAsync("sha256", 1)),
                new($"openssl sha256, {threads} threads", null, () => OpenSslAsync("sha256", threads)),
                new("create v1, 1 thread", 0, () => CreateAsync(path, MetainfoVersion.V1, 1)),
                new("create v1, all processors", 1, () => CreateAsync(path, MetainfoVersion.V1, null)),
                new("create v2, 1 thread", 2, () => CreateAsync(path, MetainfoVersion.V2, 1)),
                new("create v2, all processors", 3, () => CreateAsync(path, MetainfoVersion.V2, null)),
                new("create hybrid, 1 thread", null, () => CreateAsync(path, MetainfoVersion.Hybrid, 1)),
                new("create hybrid, all processors", null, () => CreateAsync(path, MetainfoVersion.Hybrid, null)),
            ];
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var row in rows)
                {
                    row.Speeds.Add(await row.Measure());
                }
            }

            var table = new Table("what", "MB/s", "ratio to the same openssl");
            foreach (var row in rows)
            {
                table.Add(row.Name, row.Median, row.Beside is { } beside ? row.Median / rows[beside].Median : (object)"");
            }

            table.Write(output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void WriteFile(string path, int megabytes)
    {
        using var file = File.Create(path);
        var random = new Random(1);
        var block = new byte[1_000_000];
        for (; megabytes > 0; megabytes--)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }

    private static async Task<double> CreateAsync(string path, MetainfoVersion version, int? threads)
    {
        var start = Stopwatch.GetTimestamp();
        await TorrentCreator.CreateFromFileAsync(path, new TorrentOptions { Version = version, Threads = threads });
        return new FileInfo(path).Length / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Blocks of 16 KiB, as OpenSSL measures them itself.</summary>
    private static async Task<double> OpenSslAsync(string algorithm, int processes)
    {
        string[] multi = processes > 1 ? ["-multi", $"{processes}"] : [];
        using var openSsl = Process.Start(new ProcessStartInfo(
            "openssl", ["speed", "-mr", "-elapsed", "-seconds", $"{Seconds}", "-bytes", "16384", .. multi, "-evp", algorithm])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = openSsl.StandardError.ReadToEndAsync();
        var text = await openSsl.StandardOutput.ReadToEndAsync();
        await errors;
        await openSsl.WaitForExitAsync();

        // The last line of figures is the sum over the processes.
        var figures = text.Split('\n').Last(line => line.StartsWith("+F:", StringComparison.Ordinal));
        return double.Parse(figures.Split(':')[^1], CultureInfo.InvariantCulture) / 1e6;
    }

    private sealed record Row(string Name, int? Beside, Func<Task<double>> Measure)
    {
        public List<double> Speeds { get; } = [];

        public double Median => Speeds.Order().ElementAt(Speeds.Count / 2);
    }
}
