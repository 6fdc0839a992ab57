using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Security;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>
/// Where a moderator looks at everything, nobody else publishes torrents, wherever Orchard Core asks who may: its editor has
/// no button for it then, and saves drafts.
/// </summary>
internal sealed class ModerationAuthorizationHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.Permission.Name != CommonPermissions.PublishContent.Name || context.Resource is not ContentItem { ContentType: TorrentContent.Type })
        {
            return;
        }

        // Resolved late: it needs this handler.
        if (await services.GetRequiredService<ModerationGate>().HoldsBackAsync(context.User))
        {
            context.Fail(new AuthorizationFailureReason(this, "A moderator looks at every torrent before it is published."));
        }
    }
}
