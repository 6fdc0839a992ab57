using System.ComponentModel;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Bench;

/// <summary>Downloads one file from several seeders on loopback, in turns: how fast it comes, and what it costs them.</summary>
internal static class SeederBench
{
    private const int WarmUps = 2;
    private const int Rounds = 7;
    private static readonly int[] PeerCounts = [1, 8];

    public static async Task RunAsync(TextWriter output, int megabytes)
    {
        using var file = new BenchFile(megabytes);
        var (metainfo, torrent) = (await TorrentCreator.CreateFromFileAsync(file.Path), file.Beside("bench.torrent"));
        await File.WriteAllBytesAsync(torrent, metainfo.Bytes);
        List<RunningSeeder> seeders = [];
        try
        {
            seeders.Add(await OwnSeeder.StartAsync(torrent, file.Path));
            foreach (var (name, startAsync) in OtherPrograms)
            {
                try
                {
                    seeders.Add(await startAsync(torrent, file.Path));
                }
                catch (Win32Exception)
                {
                    output.WriteLine($"{name} is not installed and is left out.");
                }
            }

            output.WriteLine($"A file of {megabytes:N0} MB in the page cache, in pieces of {metainfo.PieceLength >> 10:N0} KiB. MB are 10^6 bytes, GB 10^9; medians of {Rounds} rounds in turns.");
            output.WriteLine();
            foreach (var peers in PeerCounts)
            {
                Measure(seeders, metainfo, peers).Write(output);
            }
        }
        finally
        {
            seeders.ForEach(seeder => seeder.Dispose());
        }
    }

    private static IEnumerable<(string Name, Func<string, string, Task<RunningSeeder>> StartAsync)> OtherPrograms =>
    [
        ("aria2c", Aria2Seeder.StartAsync),
        ("transmission-daemon", TransmissionSeeder.StartAsync),
    ];

    private static Table Measure(List<RunningSeeder> seeders, Metainfo metainfo, int peers)
    {
        List<Download> downloads = [];
        try
        {
            downloads.AddRange(seeders.Select(seeder => new Download(seeder, metainfo, peers)));
            downloads.ForEach(download => download.AwaitSlots());
            for (var round = 0; round < WarmUps; round++)
            {
                downloads.ForEach(download => _ = download.Run());
            }

            for (var round = 0; round < Rounds; round++)
            {
                downloads.ForEach(download => download.Measure());
            }

            var table = new Table(peers == 1 ? "1 peer" : $"{peers} peers at once", "MB/s", "ratio", "CPU seconds for a GB", "CPU ratio");
            var own = downloads[0];
            foreach (var download in downloads)
            {
                var name = download.Peers == peers ? download.Name : $"{download.Name}, {download.Peers} peers";
                table.Add(name, Median(download.Speeds), Ratio(download.Speeds, own.Speeds), Median(download.Costs), Ratio(download.Costs, own.Costs));
            }

            return table;
        }
        finally
        {
            downloads.ForEach(download => download.Dispose());
        }
    }

    private static double Ratio(IEnumerable<double> values, IEnumerable<double> own) => Median(values.Zip(own, (value, one) => value / one));

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var ordered ? ordered[ordered.Length / 2] : 0;
}
