namespace OrchardTracker.BitTorrent;

/// <summary>What stands inside <c>info</c>: the identity of a torrent, shared by all edits of what stands around it.</summary>
internal sealed class InfoDictionary
{
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required MetainfoVersion Version { get; init; }

    public required InfoHash? HashV1 { get; init; }

    public required InfoHashV2? HashV2 { get; init; }

    public required string Name { get; init; }

    public required bool IsSingleFile { get; init; }

    public required IReadOnlyList<TorrentFile> Files { get; init; }

    public required int PieceLength { get; init; }

    public required int PieceCount { get; init; }

    public required ReadOnlyMemory<byte> PieceHashesV1 { get; init; }

    public required bool IsPrivate { get; init; }

    public required string? Source { get; init; }

    public required string? UpdateUrl { get; init; }
}
