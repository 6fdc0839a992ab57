using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>A string: bytes, which may or may not be text.</summary>
public sealed record BencodeString(ReadOnlyMemory<byte> Bytes) : BencodeValue
{
    public BencodeString(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>The bytes read as UTF-8; what is none of it comes out as U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public override void WriteTo(BencodeWriter writer) => writer.WriteString(Bytes.Span);

    public bool Equals(BencodeString? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }
}
