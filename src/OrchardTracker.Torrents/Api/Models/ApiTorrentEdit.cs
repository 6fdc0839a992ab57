using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>What is to change of a torrent. What is left out stays; nothing of it changes the info-hash.</summary>
public sealed class ApiTorrentEdit
{
    public string? Title { get; init; }

    [Description("Markdown.")]
    public string? Description { get; init; }

    [Description("By the key of each taxonomy, the names or ids of terms.")]
    public Dictionary<string, List<string>>? Terms { get; init; }

    [Description("In tiers, beside the site's own, in place of 'editableTrackers'.")]
    public List<List<string>>? Trackers { get; init; }

    [Description("Beside those that the site has, in place of 'editableWebSeeds'.")]
    public List<string>? WebSeeds { get; init; }

    /// <summary>JSON can put null wherever a value should be.</summary>
    internal bool HoldsNull => new[] { WebSeeds ?? [] }.Concat(Trackers ?? []).Concat(Terms?.Values ?? Enumerable.Empty<List<string>>())
        .Any(list => list is null || list.Exists(value => value is null));
}
