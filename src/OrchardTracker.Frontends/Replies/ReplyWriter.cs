using System.Buffers.Text;

namespace OrchardTracker.Frontends;

/// <summary>Writes bencode into a span that its user has measured: a reply has few keys, always the same, in order.</summary>
internal ref struct ReplyWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    /// <summary>Writes bytes that are bencode already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    public void Raw(byte value) => _buffer[Length++] = value;

    public void Number(long value)
    {
        Raw((byte)'i');
        Decimal(value);
        Raw((byte)'e');
    }

    /// <summary>A key that is bencode already, then a number.</summary>
    public void Entry(scoped ReadOnlySpan<byte> key, long value)
    {
        Raw(key);
        Number(value);
    }

    /// <summary>A key that is bencode already, then a string.</summary>
    public void Entry(scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> value)
    {
        Raw(key);
        String(value);
    }

    public void String(scoped ReadOnlySpan<byte> value)
    {
        StringHead(value.Length);
        Raw(value);
    }

    public void StringHead(int length)
    {
        Decimal(length);
        Raw((byte)':');
    }

    private void Decimal(long value)
    {
        if (!Utf8Formatter.TryFormat(value, _buffer[Length..], out var written))
        {
            throw new InvalidOperationException("A reply was measured too small.");
        }

        Length += written;
    }
}
