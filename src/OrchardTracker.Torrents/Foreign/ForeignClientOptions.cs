using System.Net;
using OrchardTracker.Torrents.Networks;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>How other trackers are asked.</summary>
public sealed class ForeignClientOptions
{
    /// <summary>Addresses in one's own network are left alone: any user can name one in a torrent.</summary>
    public Func<IPAddress, bool> IsAddressAllowed { get; set; } = PublicAddresses.Contains;

    /// <summary>For an answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
