using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>What <c>inspect</c> tells of a torrent: one JSON object.</summary>
internal sealed record TorrentText
{
    public required string File { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? InfoHashV1 { get; init; }

    public string? InfoHashV2 { get; init; }

    /// <summary>In bytes, without padding.</summary>
    public required long Size { get; init; }

    public required int PieceLength { get; init; }

    public required int PieceCount { get; init; }

    public required bool IsPrivate { get; init; }

    public required bool IsSingleFile { get; init; }

    public string? Source { get; init; }

    public required IReadOnlyList<FileText> Files { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Trackers { get; init; }

    public required IReadOnlyList<string> WebSeeds { get; init; }

    public required IReadOnlyList<string> HttpSeeds { get; init; }

    public required IReadOnlyList<string> Nodes { get; init; }

    public string? Comment { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    public string? UpdateUrl { get; init; }

    public required string Magnet { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public static TorrentText Of(string file, Metainfo torrent) => new()
    {
        File = file,
        Name = torrent.Name,
        Version = torrent.Version.ToString().ToLowerInvariant(),
        InfoHashV1 = torrent.InfoHashV1?.ToString(),
        InfoHashV2 = torrent.InfoHashV2?.ToString(),
        Size = torrent.TotalLength,
        PieceLength = torrent.PieceLength,
        PieceCount = torrent.PieceCount,
        IsPrivate = torrent.IsPrivate,
        IsSingleFile = torrent.IsSingleFile,
        Source = torrent.Source,
        Files = [.. torrent.Files.Where(entry => !entry.IsPadding).Select(FileText.Of)],
        Trackers = torrent.AnnounceTiers,
        WebSeeds = torrent.WebSeeds,
        HttpSeeds = torrent.HttpSeeds,
        Nodes = [.. torrent.Nodes.Select(node => $"{node.Host}:{node.Port}")],
        Comment = torrent.Comment,
        CreatedBy = torrent.CreatedBy,
        CreationDate = torrent.CreationDate,
        UpdateUrl = torrent.UpdateUrl,
        Magnet = MagnetLink.For(torrent).ToString(),
        Warnings = [.. torrent.Warnings.Select(warning => warning.ToString())],
    };
}
