using System.Buffers;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Sets the private flag (BEP 27). It stands in <c>info</c>, so that the torrent becomes another one.</summary>
public static class PrivateFlag
{
    /// <exception cref="MetainfoException">The torrent would be larger than the limits allow.</exception>
    public static Metainfo Set(Metainfo metainfo, MetainfoLimits limits)
    {
        var info = With(metainfo.InfoBytes.Span, "private"u8, "i1e"u8);
        return Metainfo.Parse(With(metainfo.Bytes.Span, "info"u8, info), limits);
    }

    /// <summary>A dictionary with one value set; the others are copied as they are, in the order of their keys.</summary>
    private static byte[] With(ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var entries = new SortedList<byte[], byte[]>(Comparer<byte[]>.Create(static (one, other) => one.AsSpan().SequenceCompareTo(other)));
        var reader = new BencodeReader(dictionary, BencodeMode.Lenient, new BencodeLimits { MaxLength = int.MaxValue, MaxTokens = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == BencodeTokenType.Key)
        {
            entries.TryAdd(reader.ValueSpan.ToArray(), reader.ReadRaw().ToArray());
        }

        entries[key.ToArray()] = value.ToArray();
        var output = new ArrayBufferWriter<byte>(dictionary.Length + 16);
        var writer = new BencodeWriter(output);
        writer.WriteStartDictionary();
        foreach (var (name, raw) in entries)
        {
            writer.WriteKey(name);
            writer.WriteRaw(raw);
        }

        writer.WriteEndDictionary();
        return output.WrittenSpan.ToArray();
    }
}
