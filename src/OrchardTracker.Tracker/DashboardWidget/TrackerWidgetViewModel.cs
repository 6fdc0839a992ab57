using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardTracker.Tracker.Statistics;

namespace OrchardTracker.Tracker.DashboardWidget;

public class TrackerWidgetViewModel
{
    [BindNever]
    public FiguresViewModel Figures { get; set; } = new();
}
