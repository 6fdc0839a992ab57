using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Security;
using OrchardCore.Settings;
using OrchardTracker.Tracker.Drivers;

namespace OrchardTracker.Tracker.Services;

/// <summary>Opens the tracker's page of the settings to those who may manage the tracker but not the whole site.</summary>
internal sealed class TrackerSettingsAuthorizationHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.HasSucceeded
            || requirement.Permission.Name != SettingsPermissions.ManageGroupSettings.Name
            || !string.Equals(context.Resource as string, TrackerSettingsDisplayDriver.GroupId, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // Resolved late: the service needs this handler.
        if (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, TrackerPermissions.ManageTracker))
        {
            context.Succeed(requirement);
        }
    }
}
