using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Security;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>
/// Where a moderator looks at everything, nobody else publishes torrents, wherever Orchard Core asks who may: its editor has
/// no button for it then, and saves drafts. Recipes, background tasks and the catalogue act for nobody and are not asked.
/// </summary>
internal sealed class ModerationAuthorizationHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.Permission.Name != CommonPermissions.PublishContent.Name || context.Resource is not ContentItem { ContentType: TorrentContent.Type })
        {
            return;
        }

        // Resolved late: the services need this handler.
        var settings = await services.GetRequiredService<ISiteService>().GetSettingsAsync<TorrentSettings>();
        if (settings.ModeratesAll
            && !await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, TorrentPermissions.ModerateTorrents))
        {
            context.Fail(new AuthorizationFailureReason(this, "A moderator looks at every torrent before it is published."));
        }
    }
}
