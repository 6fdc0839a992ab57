using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>The counts of a torrent as of now, other trackers' included.</summary>
public sealed record ApiCounts(
    [property: Description("40 hexadecimal digits.")] string InfoHash, int Seeders, int Leechers, int Completed);
