using OrchardCore;
using OrchardCore.Security.Permissions;

namespace OrchardTracker.Tracker;

internal sealed class Permissions : IPermissionProvider
{
    private readonly IEnumerable<Permission> _allPermissions =
    [
        TrackerPermissions.ManageTracker,
        TrackerPermissions.ViewPeerAddresses,
        TrackerPermissions.ViewStatistics,
        TrackerPermissions.Announce,
    ];

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult(_allPermissions);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new PermissionStereotype { Name = OrchardCoreConstants.Roles.Administrator, Permissions = _allPermissions },
        new PermissionStereotype { Name = OrchardCoreConstants.Roles.Moderator, Permissions = [TrackerPermissions.ViewStatistics] },
        new PermissionStereotype { Name = OrchardCoreConstants.Roles.Editor, Permissions = [TrackerPermissions.ViewStatistics] },

        // Who has an account is a member. A site that wants less takes it from this role and gives it to another.
        new PermissionStereotype { Name = OrchardCoreConstants.Roles.Authenticated, Permissions = [TrackerPermissions.Announce] },
    ];
}
