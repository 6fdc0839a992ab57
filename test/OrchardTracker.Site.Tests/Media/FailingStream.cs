namespace OrchardTracker.Site.Tests.Media;

/// <summary>An upload that breaks off: some zeros, then an error.</summary>
internal sealed class FailingStream(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length * 2;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= length)
        {
            throw new IOException("No space left on device");
        }

        _position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = offset;

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
