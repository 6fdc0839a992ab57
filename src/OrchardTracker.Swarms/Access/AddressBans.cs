using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Swarms;

/// <summary>Address ranges that may not announce; sorted, so that a look-up halves its way through any number.</summary>
public sealed class AddressBans
{
    public static readonly AddressBans None = new([]);

    private readonly Ranges _v4;
    private readonly Ranges _v6;

    /// <summary>Networks of both families; one that lies in IPv6's mapped range bans the IPv4 addresses in it.</summary>
    public AddressBans(IEnumerable<IPNetwork> networks)
    {
        var ranges = networks.Select(ToRange).ToLookup(range => range.IsV6);
        _v4 = new Ranges(ranges[false]);
        _v6 = new Ranges(ranges[true]);
    }

    public bool Contains(in PeerAddress address) => (address.IsV6 ? _v6 : _v4).Contains(ToValue(address));

    private static UInt128 ToValue(in PeerAddress address) => new(address.Network, address.Host);

    private static Range ToRange(IPNetwork network)
    {
        var address = PeerAddress.From(network.BaseAddress);
        var bits = network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        var free = bits - network.PrefixLength;
        var size = free == 128 ? UInt128.MaxValue : (UInt128.One << free) - 1;
        return new Range(address.IsV6, ToValue(address), ToValue(address) | size);
    }

    private readonly record struct Range(bool IsV6, UInt128 Start, UInt128 End);

    private sealed class Ranges
    {
        private readonly UInt128[] _starts;
        private readonly UInt128[] _ends;

        public Ranges(IEnumerable<Range> ranges)
        {
            var apart = new List<Range>();
            foreach (var range in ranges.OrderBy(range => range.Start))
            {
                if (apart.Count > 0 && range.Start <= apart[^1].End)
                {
                    apart[^1] = apart[^1] with { End = UInt128.Max(apart[^1].End, range.End) };
                }
                else
                {
                    apart.Add(range);
                }
            }

            _starts = [.. apart.Select(range => range.Start)];
            _ends = [.. apart.Select(range => range.End)];
        }

        public bool Contains(UInt128 value)
        {
            if (_starts.Length == 0)
            {
                return false;
            }

            var index = Array.BinarySearch(_starts, value);
            index = index >= 0 ? index : ~index - 1;
            return index >= 0 && value <= _ends[index];
        }
    }
}
