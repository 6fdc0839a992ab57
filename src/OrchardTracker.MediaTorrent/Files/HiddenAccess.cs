using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Media;
using OrchardCore.Routing;

namespace OrchardTracker.MediaTorrent.Files;

/// <summary>Decides who sees hidden originals in the media store.</summary>
public sealed class HiddenAccess(IHttpContextAccessor httpContextAccessor, IOptions<MediaOptions> options)
{
    /// <summary>Whether whoever acts now may see a hidden file: the site's own background work, or somebody who may manage it.</summary>
    public async ValueTask<bool> MaySeeAsync(string path)
    {
        var context = httpContextAccessor.HttpContext;
        if (context is null || context.Items.ContainsKey("IsBackground"))
        {
            return true;
        }

        // What goes out below the media URL may be resized and cached on its way, for everybody to fetch. It never comes
        // from here, whoever asks: see MediaGate.
        return !context.Request.Path.StartsWithNormalizedSegments(options.Value.AssetsRequestPath, StringComparison.OrdinalIgnoreCase, out _)
            && await MayManageAsync(context, path);
    }

    /// <summary>Whether the visitor may manage a file, and so have its original.</summary>
    public static async ValueTask<bool> MayManageAsync(HttpContext context, string path)
    {
        if (context.User.Identity?.IsAuthenticated != true)
        {
            return false;
        }

        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return await authorization.AuthorizeAsync(context.User, MediaTorrentPermissions.ManageMediaTorrents)
            || (await authorization.AuthorizeAsync(context.User, MediaPermissions.ManageMedia)
                && await authorization.AuthorizeAsync(context.User, MediaPermissions.ManageMediaFolder, (object)path));
    }
}
