using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Security;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Has it looked at anew who may see what when a role has changed.</summary>
internal sealed class RoleEvents : IRoleUpdatedEventHandler
{
    public Task RoleUpdatedAsync(string roleName)
    {
        // When the change is committed.
        ShellScope.AddDeferredTask(scope =>
        {
            scope.ServiceProvider.GetRequiredService<TenantPublishing>().Report(new MediaChange(MediaChangeKind.RecheckAll, ""));
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
