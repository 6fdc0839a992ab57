using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>What somebody sees of a torrent before it is saved.</summary>
public sealed record UploadReview
{
    /// <summary>Why it cannot be taken; null when it can.</summary>
    public LocalizedString? Fault { get; init; }

    /// <summary>The torrent as it would be kept; null when it is none.</summary>
    public Metainfo? Metainfo { get; init; }

    /// <summary>The torrent as it was uploaded, where the site would keep another one.</summary>
    public Metainfo? Original { get; init; }

    /// <summary>The item of the site that has this torrent already.</summary>
    public ContentItem? Existing { get; init; }

    /// <summary>What is odd about it, and what will be done to it.</summary>
    public IReadOnlyList<LocalizedString> Remarks { get; init; } = [];

    /// <summary>The trackers that will stand in it beside the site's own.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Trackers { get; init; } = [];

    /// <summary>Whether the site's own trackers will be left out.</summary>
    public bool KeepsTrackers { get; init; }

    /// <summary>Whether it can be saved as a new item.</summary>
    public bool IsNew => Fault is null && Metainfo is not null && Existing is null;
}
