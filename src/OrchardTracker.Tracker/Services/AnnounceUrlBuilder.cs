using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Services;

/// <summary>
/// The passkey stands before the path and not after it: where the address ends with the announce path, clients can derive
/// the scrape address from it (BEP 48). See docs/decisions/0007-passkeys-are-derived.md.
/// </summary>
internal sealed class AnnounceUrlBuilder(
    SiteTracker tracker,
    UserDirectory directory,
    TrackerUsers users,
    OwnAddresses ownAddresses,
    IAuthorizationService authorizationService,
    IHttpContextAccessor httpContextAccessor) : IAnnounceUrls
{
    public async ValueTask<AnnounceUrls> GetAsync()
    {
        var context = httpContextAccessor.HttpContext ?? throw new InvalidOperationException("Announce URLs are made for the visitor of a request.");
        if (tracker.Mode != TrackerMode.Private)
        {
            return new AnnounceUrls([Tier(context.Request, "")], IsPersonal: false);
        }

        return await FindPasskeyAsync(context.User) is { } passkey
            ? new AnnounceUrls([Tier(context.Request, "/" + passkey.Reveal())], IsPersonal: true)
            : new AnnounceUrls([], IsPersonal: true);
    }

    public ValueTask<bool> IsOwnAsync(string url) => ownAddresses.HoldAsync(url);

    private async Task<Passkey?> FindPasskeyAsync(ClaimsPrincipal visitor)
    {
        if (visitor.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId || !await authorizationService.AuthorizeAsync(visitor, TrackerPermissions.Announce))
        {
            return null;
        }

        await directory.EnsureLoadedAsync();
        var user = await users.GetOrAddAsync(userId);
        return tracker.Tenant.Users.Secret!.Derive(user.UserId, user.Generation);
    }

    /// <summary>
    /// One tier, because all are the same tracker: a client takes one of them and goes to the next where that fails (BEP 12).
    /// The site's own address is the first, because it is known to be reached.
    /// </summary>
    private List<string> Tier(HttpRequest request, string passkey)
    {
        var path = passkey + tracker.Tenant.Http.Options.AnnouncePath;
        var open = tracker.Tenant.Ports.Open;
        List<string> urls = [$"{request.Scheme}://{request.Host}{request.PathBase}{path}"];

        // A passkey that the site sends over TLS only is not sent in the clear for the sake of speed.
        if (open.Http != 0 && (passkey.Length == 0 || !request.IsHttps))
        {
            urls.Add($"http://{request.Host.Host}:{open.Http}{path}");
        }

        // The path carries the passkey (BEP 41). There is no other way over UDP.
        if (open.Udp != 0)
        {
            urls.Add($"udp://{request.Host.Host}:{open.Udp}{path}");
        }

        return urls;
    }
}
