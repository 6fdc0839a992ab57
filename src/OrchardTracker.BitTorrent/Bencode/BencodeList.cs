namespace OrchardTracker.BitTorrent;

/// <summary>A list of values.</summary>
public sealed record BencodeList(IReadOnlyList<BencodeValue> Items) : BencodeValue
{
    public override void WriteTo(BencodeWriter writer)
    {
        writer.WriteStartList();
        foreach (var item in Items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndList();
    }

    public bool Equals(BencodeList? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);
}
