using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>The first 68 bytes of a connection (BEP 3), with the bits of BEP 6 and BEP 10.</summary>
internal static class PeerHandshake
{
    public const int Length = 68;

    /// <summary>Bytes from which on it is known for which torrent a peer comes.</summary>
    public const int LengthToHash = 48;

    private const int ReservedAt = 20;
    private const int HashAt = 28;
    private const int PeerIdAt = 48;

    /// <summary>Whether the bytes so far may begin a handshake: of what does not no more is awaited.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> bytes)
    {
        var protocol = "\u0013BitTorrent protocol"u8;
        var known = Math.Min(bytes.Length, protocol.Length);
        return bytes[..known].SequenceEqual(protocol[..known]);
    }

    public static InfoHash ReadHash(ReadOnlySpan<byte> bytes) => new(bytes.Slice(HashAt, InfoHash.Length));

    public static PeerId ReadPeerId(ReadOnlySpan<byte> bytes) => new(bytes.Slice(PeerIdAt, PeerId.Length));

    public static bool HasFast(ReadOnlySpan<byte> bytes) => (bytes[ReservedAt + 7] & 0x04) != 0;

    public static bool HasExtensions(ReadOnlySpan<byte> bytes) => (bytes[ReservedAt + 5] & 0x10) != 0;

    public static void Write(Span<byte> destination, InfoHash infoHash, PeerId peerId)
    {
        "\u0013BitTorrent protocol"u8.CopyTo(destination);
        destination[ReservedAt..HashAt].Clear();
        destination[ReservedAt + 5] = 0x10;
        destination[ReservedAt + 7] = 0x04;
        infoHash.CopyTo(destination[HashAt..]);
        peerId.Bytes.CopyTo(destination[PeerIdAt..]);
    }
}
