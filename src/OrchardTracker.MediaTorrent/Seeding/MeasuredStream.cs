using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>A stream that is read no faster than some rates allow, and whose bytes are counted.</summary>
internal sealed class MeasuredStream(Stream inner, RateBucket[] rates, WebSeedMeter meter) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var most = rates.Min(rate => rate.Portion);
        var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
        foreach (var rate in rates)
        {
            await rate.TakeAsync(count, cancellationToken);
        }

        meter.Count(count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It may have to wait.");

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
    }
}
