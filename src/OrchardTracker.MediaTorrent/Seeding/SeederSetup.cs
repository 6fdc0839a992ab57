using System.Net;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>How the site's seeder is to work, as settings and network have it at the moment.</summary>
/// <param name="Options">Null for no seeder.</param>
/// <param name="V4">The address that IPv4 peers are told; null for none.</param>
/// <param name="V6">The address that IPv6 peers are told; null for none.</param>
public sealed record SeederSetup(SeederOptions? Options, IPAddress? V4, IPAddress? V6)
{
    public static SeederSetup Of(MediaTorrentSettings settings, IPAddress? v4, IPAddress? v6) => new(
        settings.SeederPort == 0 ? null : new SeederOptions
        {
            // A recipe may bring anything.
            Port = Math.Clamp(settings.SeederPort, 1, ushort.MaxValue),
            MaxConnections = Math.Max(1, settings.SeederConnections),
            UploadSlots = Math.Max(1, settings.SeederSlots),
            MaxRate = Math.Max(0, settings.SeederRate),
            MaxRatePerPeer = Math.Max(0, settings.SeederRatePerPeer),
            StepsBackAt = Math.Max(0, settings.SeederStepsBackAt),
        },
        v4,
        v6);
}
