using System.Threading.Channels;

namespace OrchardTracker.Tracker.Completions;

/// <summary>
/// Completed downloads on their way from announces, which must not wait, to whoever is told of them, who may take his time.
/// Thread-safe.
/// </summary>
internal sealed class CompletionQueue(int capacity = CompletionQueue.Capacity)
{
    public const int Capacity = 10_000;

    private readonly Channel<Completion> _waiting = Channel.CreateBounded<Completion>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private long _dropped;

    /// <summary>Whether anybody is told; if not, nothing is kept.</summary>
    public bool IsWanted { get; set; }

    /// <summary>How many found no room, because those who are told are slower than they come.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(in Completion completion)
    {
        if (IsWanted && !_waiting.Writer.TryWrite(completion))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken) => await _waiting.Reader.WaitToReadAsync(cancellationToken);

    public List<Completion> Take(int most)
    {
        List<Completion> taken = [];
        while (taken.Count < most && _waiting.Reader.TryRead(out var completion))
        {
            taken.Add(completion);
        }

        return taken;
    }
}
