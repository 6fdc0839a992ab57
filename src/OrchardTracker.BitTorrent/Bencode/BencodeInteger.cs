namespace OrchardTracker.BitTorrent;

/// <summary>An integer of 64 bits.</summary>
public sealed record BencodeInteger(long Value) : BencodeValue
{
    public override void WriteTo(BencodeWriter writer) => writer.WriteInteger(Value);
}
