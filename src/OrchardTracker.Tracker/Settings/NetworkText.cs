using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Tracker.Settings;

/// <summary>Reads networks as people write them: <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or one address.</summary>
internal static class NetworkText
{
    public static bool TryParse(string? text, out IPNetwork network)
    {
        network = default;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 60)
        {
            return false;
        }

        var slash = text.IndexOf('/');
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || !IsWholeAddress(text, slash, address))
        {
            return false;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > bits))
        {
            return false;
        }

        // An address within a network stands for the network: 10.1.2.3/8 is 10.0.0.0/8.
        network = new IPNetwork(Mask(address, length), length);
        return true;
    }

    /// <summary>"10" parses as 0.0.0.10, and a zone (fe80::1%eth0) has no place in a network.</summary>
    private static bool IsWholeAddress(string text, int slash, IPAddress address)
    {
        var written = slash < 0 ? text.AsSpan() : text.AsSpan(0, slash);
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? !written.Contains('%') : written.Count('.') == 3;
    }

    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - 8 * i, 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
