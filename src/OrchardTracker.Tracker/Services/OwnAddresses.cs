using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardTracker.Frontends;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Services;

/// <summary>
/// Tells whether an address is one of this tracker's: by the names and ports under which the site is known, or by the
/// passkey of one of its users, under whatever name he was given it.
/// </summary>
internal sealed class OwnAddresses(
    SiteTracker tracker, UserDirectory directory, ShellSettings shellSettings, ISiteService siteService, IHttpContextAccessor httpContextAccessor)
{
    private static readonly char[] Separators = ['/', '?', '&', '=', '#'];

    private List<HostString>? _hosts;

    public async ValueTask<bool> HoldAsync(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "udp"))
        {
            return false;
        }

        _hosts ??= await FindHostsAsync();
        return _hosts.Exists(host => IsNamed(uri, host.Host) && IsTracker(uri, host.Port)) || await HasPasskeyAsync(uri);
    }

    /// <summary>Those by which visitors come, now and otherwise. There may be no request.</summary>
    private async Task<List<HostString>> FindHostsAsync()
    {
        List<HostString> hosts = [.. shellSettings.RequestUrlHosts.Select(host => new HostString(host))];
        if (httpContextAccessor.HttpContext is { } context)
        {
            hosts.Add(context.Request.Host);
        }

        if (Uri.TryCreate((await siteService.GetSiteSettingsAsync()).BaseUrl, UriKind.Absolute, out var address))
        {
            hosts.Add(HostString.FromUriComponent(address));
        }

        // As addresses have them: other alphabets in the letters of names of hosts.
        return [.. hosts.Where(host => host.HasValue).Select(host => new HostString(host.ToUriComponent()))];
    }

    /// <param name="host">May begin with a star, for all names below one.</param>
    private static bool IsNamed(Uri uri, string host) => host.StartsWith("*.", StringComparison.Ordinal)
        ? uri.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
        : uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase);

    private bool IsTracker(Uri uri, int? port)
    {
        var open = tracker.Tenant.Ports.Open;
        if (uri.Scheme == "udp")
        {
            return open.Udp != 0 && uri.Port == open.Udp;
        }

        // Without a number the port is that of either scheme: a site is reached by both, or was.
        var isOfSite = uri.Port == port || (port is null or 80 or 443 && uri.IsDefaultPort);
        return (isOfSite && Prefix is var prefix && uri.AbsolutePath.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && IsPlace(uri.AbsolutePath[prefix.Length..]))
            || (open.Http != 0 && uri.Port == open.Http && IsPlace(uri.AbsolutePath));
    }

    private string Prefix =>
        httpContextAccessor.HttpContext is { } context ? context.Request.PathBase.ToUriComponent()
        : string.IsNullOrEmpty(shellSettings.RequestUrlPrefix) ? ""
        : "/" + shellSettings.RequestUrlPrefix;

    private bool IsPlace(string path)
    {
        var options = tracker.Tenant.Http.Options;
        return HttpTracker.IsPathOf(path, options.AnnouncePath) || HttpTracker.IsPathOf(path, options.ScrapePath);
    }

    private async Task<bool> HasPasskeyAsync(Uri uri)
    {
        foreach (var part in uri.PathAndQuery.Split(Separators))
        {
            if (Passkey.TryParse(part, out var passkey))
            {
                if (tracker.Mode == TrackerMode.Private)
                {
                    // Otherwise nobody is given one.
                    await directory.EnsureLoadedAsync();
                }

                if (tracker.Tenant.Engine.Passkeys.Find(passkey).User != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
