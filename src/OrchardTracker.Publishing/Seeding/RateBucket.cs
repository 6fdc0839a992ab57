namespace OrchardTracker.Publishing;

/// <summary>
/// Lets bytes through at a rate, those who wait in the order in which they came. Thread-safe.
/// </summary>
/// <param name="bytesPerSecond">0 for no bound.</param>
public sealed class RateBucket(long bytesPerSecond, TimeProvider time)
{
    // What was not used within it is lost.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    // Who holds it is the next to go; the others wait for it in line.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _free = TimeSpan.Zero;

    /// <summary>Of how many bytes a piece should be taken: about a tenth of a second's.</summary>
    public int Portion => bytesPerSecond == 0 ? int.MaxValue : (int)Math.Clamp(bytesPerSecond / 10, 16 << 10, int.MaxValue);

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Waits until the bytes may go. Who gives up waiting has taken nothing from those behind.</summary>
    public ValueTask TakeAsync(int bytes, CancellationToken cancellationToken) =>
        bytesPerSecond == 0 ? ValueTask.CompletedTask : TakeInTurnAsync(bytes, cancellationToken);

    private async ValueTask TakeInTurnAsync(int bytes, CancellationToken cancellationToken)
    {
        var earliest = Now - Burst;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var free = Max(_free, earliest) + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            var wait = free - Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            _free = free;
        }
        catch (OperationCanceledException)
        {
            // The time that it has waited is lost all the same: those behind it must not make up for it at once.
            _free = Max(_free, Now - Burst);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
