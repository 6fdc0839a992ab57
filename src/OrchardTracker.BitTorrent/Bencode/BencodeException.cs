using System.Globalization;

namespace OrchardTracker.BitTorrent;

/// <summary>Bytes that are not the bencode they should be.</summary>
public sealed class BencodeException : FormatException
{
    public BencodeException(int offset, string expected)
        : base(string.Create(CultureInfo.InvariantCulture, $"At byte {offset}: {expected}."))
    {
        Offset = offset;
        Expected = expected;
    }

    /// <summary>Where the trouble begins, in bytes from the start of the document.</summary>
    public int Offset { get; }

    /// <summary>What was expected there, and what was found.</summary>
    public string Expected { get; }
}
