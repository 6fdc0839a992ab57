namespace OrchardTracker.Site.Tests.Media;

/// <summary>Lets no more be read than a test allows, so that it sees what is there halfway. Thread-safe.</summary>
internal sealed class ReadingPace
{
    private const int Block = 16_384;

    private readonly SemaphoreSlim _blocks = new(0);

    /// <summary>Lets so many more bytes be read, or a few more.</summary>
    public void Allow(int bytes) => _blocks.Release((bytes + Block - 1) / Block);

    /// <summary>Waits until something may be read.</summary>
    /// <returns>How many bytes of those that are wanted.</returns>
    public async Task<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        await _blocks.WaitAsync(cancellationToken);
        return Math.Min(wanted, Block);
    }
}
