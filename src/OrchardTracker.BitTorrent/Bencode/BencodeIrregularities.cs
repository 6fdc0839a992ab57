namespace OrchardTracker.BitTorrent;

/// <summary>What a lenient reader has forgiven so far.</summary>
[Flags]
public enum BencodeIrregularities
{
    None = 0,

    /// <summary>A key is smaller than the one before it.</summary>
    UnsortedKeys = 1,

    /// <summary>A key equals the one before it.</summary>
    DuplicateKeys = 2,

    /// <summary>An integer or a string length begins with a needless zero.</summary>
    LeadingZeros = 4,

    /// <summary><c>i-0e</c></summary>
    NegativeZero = 8,

    /// <summary>Bytes follow the document.</summary>
    TrailingBytes = 16,
}
