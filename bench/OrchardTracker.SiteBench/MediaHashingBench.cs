using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Media;
using OrchardTracker.Bench;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Publishing;

namespace OrchardTracker.SiteBench;

/// <summary>
/// Times the making of a v1 torrent of a file in the page cache: by the media library of a site, by the library alone, by
/// mktorrent and by transmission-create.
/// </summary>
internal static class MediaHashingBench
{
    private const int Rounds = 5;

    public static async Task RunAsync(TextWriter output, int megabytes)
    {
        await using var site = await BenchSite.StartAsync(postgreSql: null);
        using var file = new BenchFile(megabytes);
        var pieceLength = (await TorrentCreator.CreateFromFileAsync(file.Path)).PieceLength;
        var exponent = $"{(int)Math.Log2(pieceLength)}";
        List<Row> rows =
        [
            new("media library of a site", () => PublishAsync(site, file)),
            new("the library alone", () => TimeAsync(() => TorrentCreator.CreateFromFileAsync(file.Path, new TorrentOptions { PieceLength = pieceLength }))),
            new("the library alone, 1 thread", () => TimeAsync(() => TorrentCreator.CreateFromFileAsync(file.Path, new TorrentOptions { PieceLength = pieceLength, Threads = 1 }))),
            new("mktorrent", () => MakeAsync(file, target => ToolProcess.RunAsync("mktorrent", "-l", exponent, "-o", target, file.Path))),
            new("transmission-create", () => MakeAsync(file, target => ToolProcess.RunAsync("transmission-create", "-s", $"{pieceLength >> 10}", "-o", target, file.Path))),
        ];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var row in rows)
            {
                var time = await row.MeasureAsync();
                if (round > 0)
                {
                    row.Speeds.Add(file.Length / 1e6 / time.TotalSeconds);
                }
            }
        }

        var table = new Table($"torrent of {megabytes:N0} MB, pieces of {pieceLength >> 10:N0} KiB", "MB/s", "ratio");
        foreach (var row in rows)
        {
            table.Add(row.Name, Median(row.Speeds), Median(row.Speeds.Zip(rows[1].Speeds, (speed, alone) => speed / alone)));
        }

        table.Write(output);
    }

    /// <returns>From the moment when the file is whole in the media library until its torrent is there for visitors.</returns>
    private static async Task<TimeSpan> PublishAsync(BenchSite site, BenchFile file)
    {
        var name = $"{Guid.NewGuid():n}.bin";
        var (done, publishing, start) = (new TaskCompletionSource(), (TenantPublishing)null!, 0L);
        await site.InTenantAsync(services =>
        {
            publishing = services.GetRequiredService<TenantPublishing>();
            return Task.CompletedTask;
        });
        while (publishing.Queue is null)
        {
            await Task.Delay(100);
        }

        void Look(PublishingJob job)
        {
            if (job.Name == name && job.IsFinished)
            {
                done.TrySetResult();
            }
        }

        publishing.Queue.Changed += Look;
        await site.InTenantAsync(async services =>
        {
            await using var stream = File.OpenRead(file.Path);
            await services.GetRequiredService<IMediaFileStore>().CreateFileFromStreamAsync(name, stream);
            start = Stopwatch.GetTimestamp();
        });
        await done.Task;
        var time = Stopwatch.GetElapsedTime(start);
        publishing.Queue.Changed -= Look;
        if (publishing.Queue.Jobs.Single(status => status.Job.Name == name).Job is { State: not PublishingState.Done } job)
        {
            throw new InvalidOperationException($"It has become no torrent: {job.Error}");
        }

        await site.InTenantAsync(services => services.GetRequiredService<IMediaFileStore>().TryDeleteFileAsync(name));
        return time;
    }

    private static async Task<TimeSpan> MakeAsync(BenchFile file, Func<string, Task> makeAsync)
    {
        var target = file.Beside("made.torrent");
        File.Delete(target);
        return await TimeAsync(() => makeAsync(target));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var ordered ? ordered[ordered.Length / 2] : 0;

    private sealed record Row(string Name, Func<Task<TimeSpan>> MeasureAsync)
    {
        public List<double> Speeds { get; } = [];
    }
}
