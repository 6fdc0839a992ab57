using System.Net;

namespace OrchardTracker.Node;

/// <summary>Under which address clients reach this node: the one that is set, or the one by which the asking client came.</summary>
internal sealed class PublicAddress(NodeSettings settings, ListeningPort port)
{
    /// <summary>The root address without a slash at its end; null when the request names no usable host.</summary>
    public string? Of(HttpRequest request)
    {
        if (settings.Publish.PublicUrl is { } url)
        {
            return url;
        }

        var host = request.Host.HasValue ? request.Host : LocalHost(request.HttpContext.Connection);
        return IsUsable(host) ? $"{request.Scheme}://{host.ToUriComponent()}{request.PathBase.ToUriComponent()}" : null;
    }

    /// <summary>The trackers of a torrent by tier (BEP 12): HTTP first, for it passes everywhere; UDP when that fails.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Trackers(string root)
    {
        string[] http = [root + settings.Tracker.Http.AnnouncePath];
        return settings.Tracker.Udp.IsEnabled
            ? [http, [$"udp://{new Uri(root).Host}:{port.Value}{settings.Tracker.Http.AnnouncePath}"]]
            : [http];
    }

    // The header is the client's: what is not exactly a host and a port goes into no torrent and no page.
    private static bool IsUsable(HostString host)
    {
        if (!host.HasValue || host.Port is < 1 or > IPEndPoint.MaxPort)
        {
            return false;
        }

        var name = host.Host;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown && Uri.TryCreate($"http://{host.ToUriComponent()}", UriKind.Absolute, out var url) && url.UserInfo.Length == 0;
    }

    // HTTP/1.0 knows no hosts.
    private static HostString LocalHost(ConnectionInfo connection) =>
        connection.LocalIpAddress is { } address ? new HostString(new IPEndPoint(address, connection.LocalPort).ToString()) : default;
}
