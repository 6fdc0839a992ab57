using System.Net;

namespace OrchardTracker.Torrents.Networks;

/// <summary>Tells addresses of the Internet from those of the machine and of the networks that it is in.</summary>
public static class PublicAddresses
{
    // By the registries of special-purpose addresses (RFC 6890 and its updates).
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    // All that is given out lies in 2000::/3; of that, some is for examples, and some wraps IPv4 addresses.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? !Array.Exists(Special, network => network.Contains(address))
            : GlobalUnicast.Contains(address) && !Array.Exists(SpecialV6, network => network.Contains(address));
    }

    /// <summary>Whether an address names a host that may be one of the Internet. Names are not looked up.</summary>
    public static bool MayHold(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        var host = uri.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
        {
            return Contains(address);
        }

        string[] local = ["localhost", "local", "internal", "lan", "home.arpa"];
        return host.Contains('.') && !Array.Exists(local, suffix => host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase));
    }
}
