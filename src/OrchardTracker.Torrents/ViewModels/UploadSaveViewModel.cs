namespace OrchardTracker.Torrents.ViewModels;

/// <summary>What the form of <see cref="UploadReviewViewModel"/> sends back. Nothing else can be set by it.</summary>
public sealed class UploadSaveViewModel
{
    public List<UploadSaveItem> Torrents { get; set; } = [];
}
