using Microsoft.Extensions.Options;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Foreign;

/// <summary>Asks other trackers. One for the tenant.</summary>
public sealed class ForeignClient(IOptions<ForeignClientOptions> options) : IDisposable
{
    private readonly TrackerClient _client = new(new TrackerClientOptions
    {
        IsAddressAllowed = options.Value.IsAddressAllowed,
        HttpTimeout = options.Value.Timeout,
        ConnectTimeout = options.Value.Timeout,
        UdpTimeout = options.Value.Timeout / 3,
        UdpRetries = 1,
    });

    /// <exception cref="TrackerException">There was no answer that can be used.</exception>
    public Task<TrackerScrapeResponse> ScrapeAsync(string url, IReadOnlyCollection<InfoHash> hashes, CancellationToken cancellationToken) =>
        _client.ScrapeAsync(url, hashes, cancellationToken);

    public void Dispose() => _client.Dispose();
}
