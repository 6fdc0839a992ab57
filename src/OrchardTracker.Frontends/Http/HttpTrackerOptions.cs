using System.Net;

namespace OrchardTracker.Frontends;

/// <summary>Where the tracker answers over HTTP, and whom it believes about addresses. Immutable.</summary>
public sealed record HttpTrackerOptions
{
    /// <summary>Begins with a slash; below it or before it a passkey may stand.</summary>
    public string AnnouncePath { get; init; } = "/announce";

    public string ScrapePath { get; init; } = "/scrape";

    /// <summary>
    /// Proxies whose <see cref="ForwardedForHeader"/> counts. With none, nobody's does: whoever may choose his address
    /// can put anybody into a swarm.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public string ForwardedForHeader { get; init; } = "X-Forwarded-For";
}
