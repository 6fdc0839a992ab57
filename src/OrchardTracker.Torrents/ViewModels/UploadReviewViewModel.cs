using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentUploadReview</c>: what was uploaded, before it is saved.</summary>
public class UploadReviewViewModel
{
    /// <summary>Where the form is sent to.</summary>
    public string Action { get; set; } = "";

    public string Batch { get; set; } = "";

    public IReadOnlyList<(PendingUpload File, UploadReview Review, bool MayMerge)> Files { get; set; } = [];

    public IReadOnlyList<TorrentFacet> Facets { get; set; } = [];
}
