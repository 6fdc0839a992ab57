using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Contents.Security;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Applications that call the API have no id of a user. Orchard Core compares just that with the owner of content, and so
/// takes what is nobody's for theirs, and what is theirs for somebody else's. With torrents they are known by their subject.
/// </summary>
internal sealed class ApplicationAuthorizationHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.Resource is not ContentItem { ContentType: TorrentContent.Type } item
            || !CommonPermissions.OwnerPermissionsByName.TryGetValue(requirement.Permission.Name, out var own)
            || context.User.Identity?.IsAuthenticated != true
            || context.User.HasClaim(claim => claim.Type == ClaimTypes.NameIdentifier))
        {
            return;
        }

        if (item.Owner is null)
        {
            if (!await IsGrantedAsync(context.User, requirement.Permission))
            {
                context.Fail(new AuthorizationFailureReason(this, "What has no owner is nobody's own."));
            }
        }
        else if (item.Owner == TorrentOwner.IdOf(context.User) && await IsGrantedAsync(context.User, own))
        {
            context.Succeed(requirement);
        }
    }

    private Task<bool> IsGrantedAsync(ClaimsPrincipal user, Permission permission)
    {
        var template = ContentTypePermissionsHelper.ConvertToDynamicPermission(permission);

        // Resolved late: the service needs this handler.
        return services.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(user, ContentTypePermissionsHelper.CreateDynamicPermission(template, TorrentContent.Type));
    }
}
