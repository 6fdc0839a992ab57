namespace OrchardTracker.BitTorrent;

/// <summary>What stands around <c>info</c>: trackers, web seeds and remarks. Nothing here is part of the torrent's identity.</summary>
internal sealed class OuterDictionary
{
    /// <summary>All keys with their raw values, in canonical order: what is not known here is kept as well.</summary>
    public required IReadOnlyList<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> Entries { get; init; }

    public required TextDecoder Text { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> AnnounceTiers { get; init; }

    public required IReadOnlyList<string> WebSeeds { get; init; }

    public required IReadOnlyList<string> HttpSeeds { get; init; }

    public required IReadOnlyList<DhtNode> Nodes { get; init; }

    public required string? Comment { get; init; }

    public required string? CreatedBy { get; init; }

    public required DateTimeOffset? CreationDate { get; init; }

    public required string? Encoding { get; init; }

    public required string? UpdateUrl { get; init; }

    /// <summary>The raw value of a key, or null.</summary>
    public ReadOnlyMemory<byte>? Find(ReadOnlySpan<byte> key)
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
