using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>The keys of an <c>info</c> dictionary as they stand, before they are held against each other.</summary>
internal sealed class InfoFields
{
    // No key that is known here is longer; others are passed over.
    private const int LongestKey = 32;

    private readonly HashSet<string> _seen = [];

    public ReadOnlyMemory<byte>? Name { get; private set; }

    public ReadOnlyMemory<byte>? NameUtf8 { get; private set; }

    /// <summary>The list of a v1 torrent of several files, raw.</summary>
    public ReadOnlyMemory<byte>? Files { get; private set; }

    /// <summary>The tree of a v2 torrent, raw.</summary>
    public ReadOnlyMemory<byte>? FileTree { get; private set; }

    public ReadOnlyMemory<byte>? Pieces { get; private set; }

    public ReadOnlyMemory<byte>? Source { get; private set; }

    public ReadOnlyMemory<byte>? UpdateUrl { get; private set; }

    public ReadOnlyMemory<byte>? Attributes { get; private set; }

    public long? Length { get; private set; }

    public long? PieceLength { get; private set; }

    public long? MetaVersion { get; private set; }

    public bool IsPrivate { get; private set; }

    /// <summary>The mark of the old Merkle torrents (BEP 30).</summary>
    public bool HasRootHash { get; private set; }

    public BencodeIrregularities Irregularities { get; private set; }

    /// <exception cref="MetainfoException">A key has the wrong kind of value, or stands twice.</exception>
    public static InfoFields Read(ReadOnlyMemory<byte> info, BencodeLimits limits)
    {
        var fields = new InfoFields();
        var reader = new BencodeReader(info.Span, BencodeMode.Lenient, limits);
        reader.Read();
        while (reader.Read() && reader.TokenType == BencodeTokenType.Key)
        {
            fields.ReadField(ref reader, info);
        }

        fields.Irregularities = reader.Irregularities;
        return fields;
    }

    private void ReadField(ref BencodeReader reader, ReadOnlyMemory<byte> info)
    {
        var key = reader.ValueSpan.Length <= LongestKey ? Encoding.UTF8.GetString(reader.ValueSpan) : null;
        if (key is not null && !_seen.Add(key))
        {
            // Clients differ in which of the two they take: they would not agree on what the torrent holds.
            throw new MetainfoException("The key '{0}' stands twice.", PathRules.Show(key));
        }

        switch (key)
        {
            case "name":
                Name = String(ref reader, info, key);
                break;
            case "name.utf-8":
                NameUtf8 = OptionalString(ref reader, info);
                break;
            case "pieces":
                Pieces = String(ref reader, info, key);
                break;
            case "source":
                Source = OptionalString(ref reader, info);
                break;
            case "update-url":
                UpdateUrl = OptionalString(ref reader, info);
                break;
            case "attr":
                Attributes = OptionalString(ref reader, info);
                break;
            case "length":
                Length = Integer(ref reader, key);
                break;
            case "piece length":
                PieceLength = Integer(ref reader, key);
                break;
            case "meta version":
                MetaVersion = Integer(ref reader, key);
                break;
            case "private":
                IsPrivate = reader.TryReadInteger(out var value) && value != 0;
                break;
            case "files":
                Files = Container(ref reader, info, BencodeTokenType.StartList, "The key 'files' must be a list.");
                break;
            case "file tree":
                FileTree = Container(ref reader, info, BencodeTokenType.StartDictionary, "The key 'file tree' must be a dictionary.");
                break;
            default:
                HasRootHash |= key == "root hash";
                reader.Skip();
                break;
        }
    }

    private static ReadOnlyMemory<byte> String(ref BencodeReader reader, ReadOnlyMemory<byte> info, string key) =>
        OptionalString(ref reader, info) ?? throw new MetainfoException("The key '{0}' must be a string.", key);

    // A bare null would turn into empty memory by way of a null array.
    private static ReadOnlyMemory<byte>? OptionalString(ref BencodeReader reader, ReadOnlyMemory<byte> info) =>
        reader.TryReadString(out var value) ? info.Slice(reader.ValueStart, value.Length) : default(ReadOnlyMemory<byte>?);

    private static long Integer(ref BencodeReader reader, string key) =>
        reader.TryReadInteger(out var value) ? value : throw new MetainfoException("The key '{0}' must be an integer.", key);

    private static ReadOnlyMemory<byte> Container(
        ref BencodeReader reader, ReadOnlyMemory<byte> info, BencodeTokenType kind, string fault)
    {
        reader.Read();
        var start = reader.TokenStart;
        if (reader.TokenType != kind)
        {
            throw new MetainfoException(fault);
        }

        reader.Skip();
        return info[start..reader.Position];
    }
}
