using System.Diagnostics.CodeAnalysis;

namespace OrchardTracker.BitTorrent;

/// <summary>A link that names a torrent by its hash and says where to begin to look for it (BEP 9, BEP 53).</summary>
public sealed record MagnetLink
{
    /// <summary><c>xt=urn:btih:</c></summary>
    public InfoHash? InfoHashV1 { get; init; }

    /// <summary><c>xt=urn:btmh:</c>, a multihash of SHA-256 (BEP 52).</summary>
    public InfoHashV2? InfoHashV2 { get; init; }

    /// <summary><c>dn</c>: what to show until the torrent is there.</summary>
    public string? Name { get; init; }

    /// <summary><c>xl</c>: in bytes.</summary>
    public long? Length { get; init; }

    /// <summary><c>tr</c></summary>
    public IReadOnlyList<string> Trackers { get; init; } = [];

    /// <summary><c>ws</c></summary>
    public IReadOnlyList<string> WebSeeds { get; init; } = [];

    /// <summary><c>so</c>: the only files that are wanted; empty means all (BEP 53).</summary>
    public IReadOnlyList<FileRange> SelectedFiles { get; init; } = [];

    /// <summary><c>x.pe</c>: peers as <c>host:port</c>.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>The link to a torrent, with all of its trackers and web seeds.</summary>
    public static MagnetLink For(Metainfo torrent) => new()
    {
        InfoHashV1 = torrent.InfoHashV1,
        InfoHashV2 = torrent.InfoHashV2,
        Name = torrent.Name,
        Length = torrent.TotalLength,
        Trackers = [.. torrent.AnnounceTiers.SelectMany(tier => tier).Distinct()],
        WebSeeds = torrent.WebSeeds,
    };

    /// <exception cref="FormatException">The text is not a magnet link to a torrent; the message says why.</exception>
    public static MagnetLink Parse(string text) =>
        TryParse(text, out var link, out var reason) ? link : throw new FormatException(reason.ToString());

    /// <summary>
    /// Reads a link, or says in <paramref name="reason"/> why it is none. What is not known is passed over, and so is a
    /// tracker, web seed or peer that is not an address.
    /// </summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out MagnetLink? link, [NotNullWhen(false)] out MetainfoMessage? reason)
    {
        var reader = new MagnetReader();
        reason = reader.Read(text ?? "");
        link = reason is null ? reader.ToLink() : null;
        return link is not null;
    }

    /// <summary>The link as text, its parts in the usual order.</summary>
    public override string ToString() => MagnetWriter.Write(this);

    public bool Equals(MagnetLink? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
