using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrchardCore.Security;
using OrchardCore.Security.Services;
using OrchardCore.Settings;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// Finds out which roles may announce by asking the site's own authorization for each: implied permissions, the
/// administrator's role and whatever else decides count as they do everywhere.
/// </summary>
public sealed class AnnounceRolesReader(
    IRoleService roleService,
    RoleManager<IRole> roleManager,
    IAuthorizationService authorizationService,
    ISiteService siteService,
    ILookupNormalizer normalizer,
    IOptions<IdentityOptions> identityOptions)
{
    private const string AuthenticationType = "OrchardTracker";

    public async Task<AnnounceRoles> ReadAsync()
    {
        var everybody = await MayAsync([]);
        HashSet<string> permitted = [];
        if (!everybody)
        {
            foreach (var role in await roleService.GetRolesAsync())
            {
                if (await MayAsync([new Claim(identityOptions.Value.ClaimsIdentity.RoleClaimType, role.RoleName), .. await roleManager.GetClaimsAsync(role)]))
                {
                    permitted.Add(normalizer.NormalizeName(role.RoleName));
                }
            }
        }

        var site = await siteService.GetSiteSettingsAsync();
        return new AnnounceRoles(everybody, permitted.ToFrozenSet(), site.SuperUser);
    }

    private Task<bool> MayAsync(IEnumerable<Claim> claims)
    {
        var types = identityOptions.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(claims, AuthenticationType, types.UserNameClaimType, types.RoleClaimType);
        return authorizationService.AuthorizeAsync(new ClaimsPrincipal(identity), TrackerPermissions.Announce);
    }
}
