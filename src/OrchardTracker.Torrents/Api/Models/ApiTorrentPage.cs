using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>Some torrents of a list.</summary>
public sealed record ApiTorrentPage(
    IReadOnlyList<ApiTorrent> Torrents,
    [property: Description("For the parameter 'after' of the next request, with the others unchanged; null when there are no more.")] string? Next);
