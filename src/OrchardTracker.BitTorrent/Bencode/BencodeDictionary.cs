using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>A dictionary, its entries in the order of their keys' bytes. Of a doubled key the first entry counts.</summary>
public sealed record BencodeDictionary : BencodeValue
{
    public BencodeDictionary(IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, BencodeValue>> entries)
    {
        // OrderBy is stable: DistinctBy then keeps the first of equal keys.
        Entries = [.. entries.OrderBy(entry => entry.Key, BytesComparer.Instance).DistinctBy(entry => entry.Key, BytesComparer.Instance)];
    }

    public IReadOnlyList<KeyValuePair<ReadOnlyMemory<byte>, BencodeValue>> Entries { get; }

    /// <summary>The value of a key, or null.</summary>
    public BencodeValue? this[ReadOnlySpan<byte> key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Span.SequenceEqual(key))
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    /// <summary>The value of a key given as text, or null.</summary>
    public BencodeValue? this[string key] => this[Encoding.UTF8.GetBytes(key).AsSpan()];

    public override void WriteTo(BencodeWriter writer)
    {
        writer.WriteStartDictionary();
        foreach (var (key, value) in Entries)
        {
            writer.WriteKey(key.Span);
            value.WriteTo(writer);
        }

        writer.WriteEndDictionary();
    }

    public bool Equals(BencodeDictionary? other) =>
        other is not null
        && Entries.Count == other.Entries.Count
        && Entries.Zip(other.Entries).All(pair =>
            pair.First.Key.Span.SequenceEqual(pair.Second.Key.Span) && pair.First.Value.Equals(pair.Second.Value));

    public override int GetHashCode() =>
        Entries.Aggregate(Entries.Count, (hash, entry) => HashCode.Combine(hash, BytesComparer.Instance.GetHashCode(entry.Key), entry.Value));
}
