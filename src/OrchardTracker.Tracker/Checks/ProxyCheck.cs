using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Checks;

/// <summary>Whether the tracker believes the right proxies, as seen from the headers of a request.</summary>
internal sealed class ProxyCheck(SiteTracker tracker, IStringLocalizer<ProxyCheck> localizer)
{
    // Where ASP.NET Core keeps what it has taken out of the forwarded headers.
    private const string OriginalFor = "X-Original-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string OriginalProto = "X-Original-Proto";

    internal readonly IStringLocalizer S = localizer;

    public IEnumerable<CheckResult> Check(HttpRequest request)
    {
        var options = tracker.Tenant.Http.Options;
        var connection = FindConnection(request);
        var forwarded = request.Headers[options.ForwardedForHeader].ToString();
        var isForwarded = forwarded.Length > 0 || request.Headers.ContainsKey(OriginalFor);
        var isTrusted = connection is not null && options.TrustedProxies.Any(network => network.Contains(connection));
        var subject = S["Proxies"];
        yield return (isForwarded, isTrusted) switch
        {
            (true, true) => new(CheckState.Good, subject, S["Your request came by the proxy {0}, which is trusted: clients have their own addresses.", connection!]),
            (true, false) => new(CheckState.Bad, subject, S["Your request came by the proxy {0}, which is not trusted: all clients behind it seem to have its address and find nobody. Enter it above as a trusted proxy.", connection?.ToString() ?? "?"]),
            (false, true) => new(CheckState.Notice, subject, S["Your request came from {0}, a trusted proxy, without the header {1}: the proxy must send it, unless you have come past it.", connection!, options.ForwardedForHeader]),
            _ when options.TrustedProxies.Count > 0 => new(CheckState.Notice, subject, S["Your request came by no proxy, from {0}. Proxies are trusted, so come by the public address to check them.", connection?.ToString() ?? "?"]),
            _ => new(CheckState.Good, subject, S["Your request came by no proxy, from {0}.", connection?.ToString() ?? "?"]),
        };

        var isEncrypted = request.IsHttps || request.Headers[OriginalProto].Count > 0;
        if (!isEncrypted && request.Headers[ForwardedProto].ToString().Contains("https", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(
                CheckState.Bad,
                S["Encryption"],
                S["You have come by HTTPS, but the site does not know it, and torrents name the address without it. Let the site believe the proxy's header {0} (Settings, Reverse Proxy).", ForwardedProto]);
        }
    }

    /// <summary>Who has connected, even if the site believes somebody's headers about it.</summary>
    private static IPAddress? FindConnection(HttpRequest request)
    {
        var address = IPEndPoint.TryParse(request.Headers[OriginalFor].ToString(), out var original)
            ? original.Address
            : request.HttpContext.Connection.RemoteIpAddress;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }
}
