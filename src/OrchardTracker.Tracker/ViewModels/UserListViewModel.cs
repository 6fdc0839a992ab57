using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement;
using OrchardTracker.Tracker.Accounts;

namespace OrchardTracker.Tracker.ViewModels;

public class UserListViewModel
{
    public string? Search { get; set; }

    public AccountOrder Order { get; set; }

    [BindNever]
    public IReadOnlyList<(UserAccount Account, string Name)> Rows { get; set; } = [];

    [BindNever]
    public IShape? Pager { get; set; }
}
