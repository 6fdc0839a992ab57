using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.BitTorrent;

/// <summary>Finds a host's addresses and keeps those that may be connected to.</summary>
internal sealed class AddressResolver(TrackerClientOptions options)
{
    /// <exception cref="TrackerException">There is none, or none that is allowed.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        host = host.Trim('[', ']');
        try
        {
            found = IPAddress.TryParse(host, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(host, options.AddressFamily, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new TrackerException(TrackerErrorKind.Unreachable, $"The host '{host}' is not known.", error);
        }

        // Whoever forbids 127.0.0.1 means ::ffff:127.0.0.1 as well.
        var addresses = found.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            .Where(address => options.AddressFamily is AddressFamily.Unspecified || options.AddressFamily == address.AddressFamily)
            .ToArray();
        if (addresses.Length == 0)
        {
            throw new TrackerException(TrackerErrorKind.Unreachable, $"The host '{host}' has no address of the wanted kind.");
        }

        var allowed = options.IsAddressAllowed is { } isAllowed ? addresses.Where(isAllowed).ToArray() : addresses;
        return allowed.Length > 0
            ? allowed
            : throw new TrackerException(TrackerErrorKind.AddressForbidden, $"The host '{host}' has no address that may be connected to.");
    }
}
