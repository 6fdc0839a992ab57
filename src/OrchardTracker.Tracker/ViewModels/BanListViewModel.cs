using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;
using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Tracker.ViewModels;

public class BanListViewModel
{
    public string? Search { get; set; }

    [BindNever]
    public IReadOnlyList<Ban> Bans { get; set; } = [];

    [BindNever]
    public long Total { get; set; }

    /// <summary>Bans that end before this have ended.</summary>
    [BindNever]
    public DateTimeOffset Now { get; set; }

    [BindNever]
    public IShape? Pager { get; set; }
}
