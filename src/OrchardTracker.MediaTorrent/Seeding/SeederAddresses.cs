using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>Finds the addresses at which peers reach this machine. Never taken from a request: anybody can write one.</summary>
public static class SeederAddresses
{
    /// <param name="names">Addresses and host names; the first of each family counts.</param>
    /// <param name="baseUrl">The site's own, for when there are no names.</param>
    public static async Task<(IPAddress? V4, IPAddress? V6)> FindAsync(IEnumerable<string> names, string? baseUrl, CancellationToken cancellationToken)
    {
        List<IPAddress> found = [];
        string[] wanted = [.. names.Where(name => !string.IsNullOrWhiteSpace(name))];
        if (wanted.Length == 0 && Uri.TryCreate(baseUrl, UriKind.Absolute, out var url))
        {
            wanted = [url.Host];
        }

        foreach (var name in wanted)
        {
            found.AddRange(await ResolveAsync(name.Trim('[', ']', ' '), cancellationToken));
        }

        if (wanted.Length == 0)
        {
            found.AddRange(OfThisMachine());
        }

        return (found.Find(address => address.AddressFamily == AddressFamily.InterNetwork), found.Find(address => address.AddressFamily == AddressFamily.InterNetworkV6));
    }

    private static async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return IPAddress.TryParse(name, out var address) ? [address] : await Dns.GetHostAddressesAsync(name, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    // Those the world can reach first, those of this machine alone last.
    private static IEnumerable<IPAddress> OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal)
        .OrderBy(address => IPAddress.IsLoopback(address) ? 2 : IsPrivate(address) ? 1 : 0);

    private static bool IsPrivate(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6UniqueLocal
        : address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [169, 254, ..];
}
