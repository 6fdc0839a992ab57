namespace OrchardTracker.BitTorrent.Tests;

/// <summary>Takes progress at once, on the thread that reports it.</summary>
internal sealed class Reporter(Action<HashingProgress>? onReport = null) : IProgress<HashingProgress>
{
    private readonly List<HashingProgress> _reports = [];

    public IReadOnlyList<HashingProgress> Reports => _reports;

    public void Report(HashingProgress value)
    {
        _reports.Add(value);
        onReport?.Invoke(value);
    }
}
