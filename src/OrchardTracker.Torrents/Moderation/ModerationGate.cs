using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Moderation;

/// <summary>Decides who has to wait for a moderator where one looks at everything. Scoped.</summary>
public sealed class ModerationGate(ISiteService siteService, IAuthorizationService authorization, IHttpContextAccessor httpContextAccessor)
{
    // How Orchard Core marks the context that it gives to background tasks.
    private const string BackgroundMark = "IsBackground";

    private int _passing;

    /// <summary>Whether a user may not publish torrents.</summary>
    public async Task<bool> HoldsBackAsync(ClaimsPrincipal user) =>
        (await siteService.GetSettingsAsync<TorrentSettings>()).ModeratesAll
        && !await authorization.AuthorizeAsync(user, TorrentPermissions.ModerateTorrents);

    /// <summary>Whether what is going on may publish no torrent: the request of such a user. Background work acts for nobody.</summary>
    public async Task<bool> HoldsBackAsync() =>
        _passing == 0
        && httpContextAccessor.HttpContext is { } context
        && !context.Items.ContainsKey(BackgroundMark)
        && await HoldsBackAsync(context.User);

    /// <summary>Publishes what a module has decided on, whoever's request it may be in.</summary>
    public async Task<bool> PassAsync(Func<Task<bool>> publish)
    {
        _passing++;
        try
        {
            return await publish();
        }
        finally
        {
            _passing--;
        }
    }
}
