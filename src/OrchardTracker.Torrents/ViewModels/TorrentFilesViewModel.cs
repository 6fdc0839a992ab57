using OrchardTracker.Torrents.Details;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.ViewModels;

/// <summary>The shape <c>TorrentPart_Files</c>.</summary>
public class TorrentFilesViewModel
{
    public TorrentPart Part { get; set; } = null!;

    public FileTree Tree { get; set; } = null!;
}
