using OrchardCore;
using OrchardCore.Security.Permissions;

namespace OrchardTracker.Torrents;

/// <summary>
/// Contributors upload, and what they upload waits for a moderator, because they may not publish; authors may. Orchard
/// Core's own permissions decide that.
/// </summary>
public sealed class Permissions : IPermissionProvider
{
    private const string Moderator = "Moderator";

    private readonly IEnumerable<Permission> _all =
    [
        TorrentPermissions.ManageTorrentSettings,
        TorrentPermissions.ModerateTorrents,
        TorrentPermissions.UploadTorrents,
        TorrentPermissions.AddWebSeeds,
        TorrentPermissions.ViewTorrentStatistics,
    ];

    public Task<IEnumerable<Permission>> GetPermissionsAsync() => Task.FromResult(_all);

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        Of(OrchardCoreConstants.Roles.Administrator, [.. _all]),
        Of(Moderator, TorrentPermissions.ModerateTorrents),
        Of(OrchardCoreConstants.Roles.Editor, TorrentPermissions.ModerateTorrents),
        Of(OrchardCoreConstants.Roles.Author, TorrentPermissions.UploadTorrents, TorrentPermissions.AddWebSeeds),
        Of(OrchardCoreConstants.Roles.Contributor, TorrentPermissions.UploadTorrents),
        Of(OrchardCoreConstants.Roles.Authenticated, TorrentPermissions.ViewTorrentStatistics),
        Of(OrchardCoreConstants.Roles.Anonymous, TorrentPermissions.ViewTorrentStatistics),
    ];

    private static PermissionStereotype Of(string role, params Permission[] permissions) => new() { Name = role, Permissions = permissions };
}
