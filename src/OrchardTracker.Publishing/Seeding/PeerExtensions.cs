using System.Buffers;
using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>The messages of the extension protocol (BEP 10) and of the exchange of metadata (BEP 9).</summary>
internal static class PeerExtensions
{
    /// <summary>The number under which this side takes metadata messages.</summary>
    public const int MetadataId = 1;

    /// <summary>Metadata goes in pieces of this size.</summary>
    public const int MetadataPieceLength = 16 << 10;

    private const int MetadataRequest = 0;
    private const int MetadataData = 1;
    private const int MetadataReject = 2;

    public static ReadOnlySpan<byte> WriteHandshake(ArrayBufferWriter<byte> output, int metadataLength, int queueDepth, IPAddress peer)
    {
        var writer = new BencodeWriter(output);
        writer.WriteStartDictionary();
        writer.WriteKey("m"u8);
        writer.WriteStartDictionary();
        writer.WriteInteger("ut_metadata"u8, MetadataId);
        writer.WriteEndDictionary();
        writer.WriteInteger("metadata_size"u8, metadataLength);
        writer.WriteInteger("reqq"u8, queueDepth);
        writer.WriteInteger("upload_only"u8, 1);
        writer.WriteString("v"u8, "OrchardTracker"u8);
        writer.WriteString("yourip"u8, (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).GetAddressBytes());
        writer.WriteEndDictionary();
        return output.WrittenSpan;
    }

    /// <summary>The number under which the peer takes metadata messages; 0 when it takes none.</summary>
    /// <exception cref="BencodeException">This is not a handshake.</exception>
    public static byte ReadMetadataId(ReadOnlySpan<byte> body)
    {
        var reader = new BencodeReader(body, BencodeMode.Lenient);
        byte id = 0;
        for (reader.Read(); reader.Read() && reader.TokenType == BencodeTokenType.Key;)
        {
            if (reader.Depth == 2 && reader.ValueSpan.SequenceEqual("ut_metadata"u8))
            {
                id = reader.TryReadInteger(out var value) && value is > 0 and <= byte.MaxValue ? (byte)value : (byte)0;
            }
            else if (reader.Depth == 1 && reader.ValueSpan.SequenceEqual("m"u8))
            {
                reader.Read();
                if (reader.TokenType != BencodeTokenType.StartDictionary)
                {
                    reader.Skip();
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return id;
    }

    /// <summary>Which piece of the metadata a peer asks for; null when it asks for none.</summary>
    /// <exception cref="BencodeException">The message is not one of BEP 9.</exception>
    public static int? ReadMetadataRequest(ReadOnlySpan<byte> body)
    {
        var reader = new BencodeReader(body, BencodeMode.Lenient);
        long? type = null;
        long? piece = null;
        for (reader.Read(); reader.Read() && reader.TokenType == BencodeTokenType.Key;)
        {
            if (reader.ValueSpan.SequenceEqual("msg_type"u8))
            {
                type = reader.TryReadInteger(out var value) ? value : null;
            }
            else if (reader.ValueSpan.SequenceEqual("piece"u8))
            {
                piece = reader.TryReadInteger(out var value) ? value : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return type == MetadataRequest && piece is >= 0 and <= int.MaxValue ? (int)piece : null;
    }

    /// <summary>Answers a request for metadata: with the piece, or with a reject when there is no such piece.</summary>
    public static void WriteMetadata(IBufferWriter<byte> output, ReadOnlySpan<byte> metadata, int piece)
    {
        var start = (long)piece * MetadataPieceLength;
        var exists = start < metadata.Length;
        var writer = new BencodeWriter(output);
        writer.WriteStartDictionary();
        writer.WriteInteger("msg_type"u8, exists ? MetadataData : MetadataReject);
        writer.WriteInteger("piece"u8, piece);
        if (exists)
        {
            writer.WriteInteger("total_size"u8, metadata.Length);
        }

        writer.WriteEndDictionary();
        if (exists)
        {
            output.Write(metadata[(int)start..(int)Math.Min(metadata.Length, start + MetadataPieceLength)]);
        }
    }
}
