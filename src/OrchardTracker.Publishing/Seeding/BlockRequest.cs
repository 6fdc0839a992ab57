using System.Buffers.Binary;

namespace OrchardTracker.Publishing;

/// <summary>A part of a piece that a peer asks for (BEP 3).</summary>
internal readonly record struct BlockRequest(int Piece, int Begin, int Length)
{
    /// <summary>Bytes of a request, a cancel or a reject behind the message's id.</summary>
    public const int Size = 12;

    public static BlockRequest Read(ReadOnlySpan<byte> body) => new(
        BinaryPrimitives.ReadInt32BigEndian(body),
        BinaryPrimitives.ReadInt32BigEndian(body[4..]),
        BinaryPrimitives.ReadInt32BigEndian(body[8..]));

    public void Write(Span<byte> body)
    {
        BinaryPrimitives.WriteInt32BigEndian(body, Piece);
        BinaryPrimitives.WriteInt32BigEndian(body[4..], Begin);
        BinaryPrimitives.WriteInt32BigEndian(body[8..], Length);
    }
}
