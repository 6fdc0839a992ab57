namespace OrchardTracker.BitTorrent;

/// <summary>What a <see cref="BencodeReader"/> agrees to look at. Every bound holds before memory is taken.</summary>
public sealed record BencodeLimits
{
    /// <summary>64 levels, 64 MiB, 4 million tokens.</summary>
    public static BencodeLimits Default { get; } = new();

    /// <summary>The deepest nesting of lists and dictionaries.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The longest document, in bytes.</summary>
    public int MaxLength { get; init; } = 64 << 20;

    /// <summary>The most tokens: each integer, string, key, start and end counts as one.</summary>
    public int MaxTokens { get; init; } = 4_000_000;
}
