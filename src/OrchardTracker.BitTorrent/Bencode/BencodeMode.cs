namespace OrchardTracker.BitTorrent;

/// <summary>How much a <see cref="BencodeReader"/> forgives.</summary>
public enum BencodeMode
{
    /// <summary>Only the one canonical form of BEP 3 is read.</summary>
    Strict,

    /// <summary>
    /// What the world has is read as well, and noted in <see cref="BencodeReader.Irregularities"/>: keys out of order or
    /// doubled, leading zeros, negative zero, bytes after the end.
    /// </summary>
    Lenient,
}
