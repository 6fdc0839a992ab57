using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>All that is told of one torrent.</summary>
public sealed record ApiTorrentDetails(
    ApiTorrent Torrent,
    [property: Description("The torrent's own name: that of its file or folder.")] string? Name,
    [property: Description("Markdown.")] string? Description,
    [property: Description("Null when the user is gone.")] string? Uploader,
    [property: Description("In bytes.")] int PieceLength,
    int PieceCount,
    DateTime? Made,
    string? MadeBy,
    [property: Description("With the caller's own announce URLs where the tracker is private.")] string? Magnet,
    [property: Description("In tiers, without what looks like a passkey.")] IReadOnlyList<IReadOnlyList<string>> Trackers,
    IReadOnlyList<string> WebSeeds);
