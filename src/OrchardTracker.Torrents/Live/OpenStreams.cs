using System.Net;
using System.Net.Sockets;
using OrchardTracker.Torrents.Networks;

namespace OrchardTracker.Torrents.Live;

/// <summary>Counts the streams that are open, each of which holds a connection: in all, and by the visitors' addresses.</summary>
internal sealed class OpenStreams
{
    private const int Most = 10_000;

    /// <summary>Of one address: a household with many pages open, but nobody who would take all there are.</summary>
    private const int MostOfAddress = 20;

    private readonly Dictionary<IPAddress, int> _addresses = [];
    private int _count;

    /// <returns>What is to be given to <see cref="End"/>, or why there may not be one more.</returns>
    public (IPAddress? Address, string? Refusal) Begin(IPAddress? address)
    {
        var counted = NetworkOf(address);
        lock (_addresses)
        {
            if (_count == Most)
            {
                return (null, "Too many watch already.");
            }

            if (counted is not null && _addresses.GetValueOrDefault(counted) == MostOfAddress)
            {
                return (null, "Too many watch already from this address.");
            }

            _count++;
            if (counted is not null)
            {
                _addresses[counted] = _addresses.GetValueOrDefault(counted) + 1;
            }
        }

        return (counted, null);
    }

    public void End(IPAddress? counted)
    {
        lock (_addresses)
        {
            _count--;
            if (counted is not null && --_addresses[counted] == 0)
            {
                _addresses.Remove(counted);
            }
        }
    }

    /// <summary>
    /// What counts as one address; null for what is none of the Internet. That is a proxy of which the site knows nothing,
    /// behind which are all its visitors.
    /// </summary>
    private static IPAddress? NetworkOf(IPAddress? address)
    {
        if (address is null || !PublicAddresses.Contains(address))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        // One line to the Internet has a /64 at least.
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) : address;
    }
}
