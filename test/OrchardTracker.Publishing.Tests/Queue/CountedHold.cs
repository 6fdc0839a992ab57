namespace OrchardTracker.Publishing.Tests.Queue;

/// <summary>Something to hold: how many do.</summary>
internal sealed class CountedHold
{
    private int _held;
    private int _taken;

    public int Held => Volatile.Read(ref _held);

    public int Taken => Volatile.Read(ref _taken);

    public IAsyncDisposable Take()
    {
        Interlocked.Increment(ref _held);
        Interlocked.Increment(ref _taken);
        return new Hold(this);
    }

    private sealed class Hold(CountedHold counted) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref counted._held);
            return ValueTask.CompletedTask;
        }
    }
}
