using System.Buffers;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// A bencoded document held as values, for what is small and looked into freely: a tracker's reply, a test. Large
/// documents are read with <see cref="BencodeReader"/>.
/// </summary>
public abstract record BencodeValue
{
    // A value costs many times its bytes; what is larger belongs to the reader.
    private static readonly BencodeLimits SmallDocument = new() { MaxLength = 4 << 20, MaxTokens = 200_000 };

    private protected BencodeValue()
    {
    }

    /// <summary>
    /// Reads one document, by default up to 4 MiB and 200,000 tokens. Strings keep pointing into
    /// <paramref name="data"/>, which must not change afterwards.
    /// </summary>
    /// <exception cref="BencodeException">The bytes are not one bencoded document.</exception>
    public static BencodeValue Parse(
        ReadOnlyMemory<byte> data, BencodeMode mode = BencodeMode.Strict, BencodeLimits? limits = null)
    {
        var reader = new BencodeReader(data.Span, mode, limits ?? SmallDocument);
        var open = new Stack<Container>();
        while (true)
        {
            reader.Read();
            BencodeValue value;
            switch (reader.TokenType)
            {
                case BencodeTokenType.StartList:
                    open.Push(new Container([], null));
                    continue;
                case BencodeTokenType.StartDictionary:
                    open.Push(new Container([], []));
                    continue;
                case BencodeTokenType.Key:
                    open.Peek().Keys!.Add(data.Slice(reader.ValueStart, reader.ValueSpan.Length));
                    continue;
                case BencodeTokenType.EndList:
                    value = new BencodeList(open.Pop().Values);
                    break;
                case BencodeTokenType.EndDictionary:
                    var (values, keys) = open.Pop();
                    value = new BencodeDictionary(keys!.Zip(values, KeyValuePair.Create));
                    break;
                case BencodeTokenType.Integer:
                    value = new BencodeInteger(reader.Integer);
                    break;
                default:
                    value = new BencodeString(data.Slice(reader.ValueStart, reader.ValueSpan.Length));
                    break;
            }

            if (open.Count == 0)
            {
                reader.Read();
                return value;
            }

            open.Peek().Values.Add(value);
        }
    }

    public abstract void WriteTo(BencodeWriter writer);

    public byte[] ToArray()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(new BencodeWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }

    private readonly record struct Container(List<BencodeValue> Values, List<ReadOnlyMemory<byte>>? Keys);
}
