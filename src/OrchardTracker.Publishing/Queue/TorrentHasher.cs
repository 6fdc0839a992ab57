using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>Carries an order out.</summary>
internal static class TorrentHasher
{
    public static async Task<Metainfo> HashAsync(PublishingOrder order, PublishingRun run, CancellationToken cancellationToken)
    {
        var options = order.Options with { Name = null };
        var progress = new RunProgress(run);
        run.Report(0, order.Sources.Sum(source => source.Length));
        if (order.IsFolder)
        {
            TorrentSource[] sources = [.. order.Sources.Select(source => new TorrentSource(source.Path, source.Length, source.OpenAsync))];
            return await TorrentCreator.CreateFromSourcesAsync(order.Name, sources, options, progress, cancellationToken);
        }

        var file = order.Sources.Single();
        await using var stream = await file.OpenAsync(cancellationToken);
        return await TorrentCreator.CreateFromStreamAsync(order.Name, stream, file.Length, options, progress, cancellationToken);
    }

    // Not Progress<T>: that one posts to a context, so that the last report could come after the end.
    private sealed class RunProgress(PublishingRun run) : IProgress<HashingProgress>
    {
        public void Report(HashingProgress value) => run.Report(value.BytesDone, value.TotalBytes);
    }
}
