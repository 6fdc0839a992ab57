using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Security;
using OrchardCore.Settings;
using OrchardTracker.MediaTorrent.Drivers;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Opens the page of these settings to those who may manage them, but not the settings of the whole site.</summary>
internal sealed class SettingsAuthorizationHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.HasSucceeded
            || requirement.Permission.Name != SettingsPermissions.ManageGroupSettings.Name
            || !string.Equals(context.Resource as string, MediaTorrentSettingsDriver.GroupId, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // Resolved late: the service needs this handler.
        if (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, MediaTorrentPermissions.ManageMediaTorrentSettings))
        {
            context.Succeed(requirement);
        }
    }
}
