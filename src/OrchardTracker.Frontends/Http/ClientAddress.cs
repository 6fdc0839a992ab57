using System.Net;
using Microsoft.AspNetCore.Http;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Finds out who sent a request, behind proxies that are trusted.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The sender's address: of a trusted proxy's list the last one that is not itself a trusted proxy, since what stands
    /// before it was written by whoever.
    /// </summary>
    /// <param name="isTrusted">
    /// True when the sender himself is in a trusted network. Not when he passes on what somebody else asks, whether he can
    /// tell who that is or not.
    /// </param>
    /// <returns>False when the connection has no address (a Unix socket) and no proxy tells one.</returns>
    public static bool TryGet(HttpContext context, HttpTrackerOptions options, out PeerAddress address, out bool isTrusted)
    {
        var remote = context.Connection.RemoteIpAddress;
        isTrusted = options.TrustedProxies.Count > 0 && remote is not null && IsTrusted(remote, options);
        if (isTrusted && context.Request.Headers.TryGetValue(options.ForwardedForHeader, out var list))
        {
            isTrusted = false;
            remote = LastUntrusted(list, options) ?? remote;
        }

        address = remote is null ? default : PeerAddress.From(remote);
        return remote is not null;
    }

    private static IPAddress? LastUntrusted(IEnumerable<string?> headers, HttpTrackerOptions options)
    {
        IPAddress? last = null;
        foreach (var header in headers.Reverse())
        {
            foreach (var part in (header ?? "").Split(',').Reverse())
            {
                if (!TryParse(part.AsSpan().Trim(), out var address))
                {
                    return last;
                }

                last = address;
                if (!IsTrusted(address, options))
                {
                    return address;
                }
            }
        }

        return last;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out IPAddress address)
    {
        // Some proxies add the port.
        if (IPAddress.TryParse(text, out var parsed) || (IPEndPoint.TryParse(text, out var endpoint) && (parsed = endpoint.Address) is not null))
        {
            address = parsed;
            return true;
        }

        address = IPAddress.None;
        return false;
    }

    private static bool IsTrusted(IPAddress address, HttpTrackerOptions options)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in options.TrustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
