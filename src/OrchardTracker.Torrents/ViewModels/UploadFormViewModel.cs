namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentUploadForm</c>: choose files, or drop them.</summary>
public class UploadFormViewModel
{
    /// <summary>Where the form is sent to.</summary>
    public string Action { get; set; } = "";

    public int MaxAtOnce { get; set; }

    public int MaxKiB { get; set; }

    /// <summary>Whether uploads wait for a moderator.</summary>
    public bool IsModerated { get; set; }
}
