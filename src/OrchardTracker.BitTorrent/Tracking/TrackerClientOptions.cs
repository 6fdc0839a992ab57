using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.BitTorrent;

/// <summary>How a <see cref="TrackerClient"/> behaves.</summary>
public sealed record TrackerClientOptions
{
    /// <summary>For a whole exchange by HTTP, redirects included.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the first answer by UDP. Each further wait is twice as long (BEP 15).</summary>
    public TimeSpan UdpTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often to send again by UDP. BEP 15 has 8, which is more than two hours in all.</summary>
    public int UdpRetries { get; init; } = 8;

    /// <summary>The longest answer that is read, in bytes, unpacked.</summary>
    public int MaxResponseLength { get; init; } = 1 << 20;

    public int MaxRedirects { get; init; } = 5;

    /// <summary>
    /// Asked for each address before it is connected to, after names were resolved, on redirects too. An IPv4 address
    /// within an IPv6 one is handed over as what it is. Null allows all.
    /// </summary>
    public Func<IPAddress, bool>? IsAddressAllowed { get; init; }

    /// <summary>Restricts the client to IPv4 or IPv6; by default it takes what there is.</summary>
    public AddressFamily AddressFamily { get; init; } = AddressFamily.Unspecified;

    public string UserAgent { get; init; } = "OrchardTracker/" + typeof(TrackerClientOptions).Assembly.GetName().Version?.ToString(3);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
