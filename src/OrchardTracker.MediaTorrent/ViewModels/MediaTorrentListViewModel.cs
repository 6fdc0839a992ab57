using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using OrchardCore.DisplayManagement;

namespace OrchardTracker.MediaTorrent.ViewModels;

public class MediaTorrentListViewModel
{
    /// <summary>A part of the path.</summary>
    public string? Search { get; set; }

    public string? State { get; set; }

    [BindNever]
    public IReadOnlyList<MediaTorrentRow> Rows { get; set; } = [];

    [BindNever]
    public int Total { get; set; }

    [BindNever]
    public IReadOnlyList<SelectListItem> States { get; set; } = [];

    [BindNever]
    public IReadOnlyList<SelectListItem> BulkActions { get; set; } = [];

    [BindNever]
    public SwarmShare Share { get; set; } = new(default, 0, 0);

    [BindNever]
    public IShape? Pager { get; set; }
}
