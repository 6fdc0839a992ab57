using Microsoft.AspNetCore.Http;

namespace OrchardTracker.Tracker.ViewModels;

public class AddTorrentsViewModel
{
    /// <summary>Info-hashes and magnet links, one a line.</summary>
    public string? Text { get; set; }

    public IFormFileCollection? Files { get; set; }

    /// <summary>Block them, and do not register them.</summary>
    public bool Blocks { get; set; }

    /// <summary>Why they are blocked.</summary>
    public string? Reason { get; set; }
}
