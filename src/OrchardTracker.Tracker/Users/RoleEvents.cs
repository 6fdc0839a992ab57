using OrchardCore.Security;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Users;

/// <summary>Has the users looked at anew when a role has changed.</summary>
internal sealed class RoleEvents(SiteTracker tracker) : IRoleCreatedEventHandler, IRoleUpdatedEventHandler, IRoleRemovedEventHandler
{
    public Task RoleCreatedAsync(string roleName) => MarkAsync();

    public Task RoleUpdatedAsync(string roleName) => MarkAsync();

    public Task RoleRemovedAsync(string roleName) => MarkAsync();

    private Task MarkAsync()
    {
        tracker.Tenant.Users.MarkStale();
        return Task.CompletedTask;
    }
}
