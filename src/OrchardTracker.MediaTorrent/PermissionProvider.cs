using OrchardCore;
using OrchardCore.Security.Permissions;

namespace OrchardTracker.MediaTorrent;

public sealed class PermissionProvider : IPermissionProvider
{
    private readonly IEnumerable<Permission> _all = [MediaTorrentPermissions.ManageMediaTorrents, MediaTorrentPermissions.ManageMediaTorrentSettings];

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult(_all);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = OrchardCoreConstants.Roles.Administrator, Permissions = _all },
        new() { Name = OrchardCoreConstants.Roles.Editor, Permissions = [MediaTorrentPermissions.ManageMediaTorrents] },
    ];
}
