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
    [property: Description("As they are served, in tiers and with the site's own, without what looks like a passkey: not to be sent back.")] IReadOnlyList<IReadOnlyList<string>> Trackers,
    [property: Description("As they are served, with the site's own.")] IReadOnlyList<string> WebSeeds,
    [property: Description("For who may edit it, null for others: the torrent's own trackers as its latest version has them. What an edit's 'trackers' takes the place of.")] IReadOnlyList<IReadOnlyList<string>>? EditableTrackers,
    [property: Description("For who may edit it, null for others: the torrent's own web seeds as its latest version has them. What an edit's 'webSeeds' takes the place of.")] IReadOnlyList<string>? EditableWebSeeds);
