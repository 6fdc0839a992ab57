using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardTracker.MediaTorrent.ViewModels;

namespace OrchardTracker.MediaTorrent.DashboardWidget;

public class MediaTorrentsWidgetViewModel
{
    [BindNever]
    public SwarmShare Share { get; set; } = new(default, 0, 0);
}
