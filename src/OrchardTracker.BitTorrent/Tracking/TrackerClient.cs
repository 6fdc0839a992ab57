using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Asks trackers, by HTTP(S) (BEP 3, 48) and UDP (BEP 15, 41). One client serves any number of trackers and calls at a
/// time and may live as long as the program: it follows changes of DNS and holds no state of a tracker.
/// </summary>
public sealed class TrackerClient : IDisposable
{
    private readonly HttpTracker _http;
    private readonly UdpTracker _udp;

    public TrackerClient(TrackerClientOptions? options = null)
    {
        options ??= new TrackerClientOptions();
        var resolver = new AddressResolver(options);
        _http = new HttpTracker(options, resolver);
        _udp = new UdpTracker(options, resolver);
    }

    /// <summary>Announces to the tracker at <paramref name="url"/>.</summary>
    /// <exception cref="TrackerException">There was no answer that can be used; the exception says why.</exception>
    public Task<TrackerAnnounceResponse> AnnounceAsync(
        string url, TrackerAnnounceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Port, IPEndPoint.MaxPort);
        var parsed = ParseUrl(url);
        return parsed.Scheme == "udp"
            ? _udp.AnnounceAsync(parsed, request, cancellationToken)
            : _http.AnnounceAsync(parsed, request, cancellationToken);
    }

    /// <summary>
    /// Asks for the counts of swarms. The address is the announce address, or by HTTP the scrape address itself.
    /// </summary>
    /// <exception cref="TrackerException">There was no answer that can be used; the exception says why.</exception>
    public Task<TrackerScrapeResponse> ScrapeAsync(
        string url, IReadOnlyCollection<InfoHash> hashes, CancellationToken cancellationToken = default)
    {
        var parsed = ParseUrl(url);
        return parsed.Scheme == "udp"
            ? _udp.ScrapeAsync(parsed, hashes, cancellationToken)
            : _http.ScrapeAsync(parsed, hashes, cancellationToken);
    }

    /// <summary>
    /// The scrape address that belongs to an announce address: by BEP 48, what follows the last slash must begin with
    /// <c>announce</c>, which becomes <c>scrape</c>. An address of a tracker's scrape is returned as it is.
    /// </summary>
    /// <returns>Null where the tracker cannot be scraped.</returns>
    public static string? GetScrapeUrl(string announceUrl)
    {
        const string Announce = "announce";
        var end = announceUrl.AsSpan().IndexOfAny('?', '#');
        var slash = (end < 0 ? announceUrl : announceUrl[..end]).LastIndexOf('/');
        var last = announceUrl.AsSpan(slash + 1);
        if (last.StartsWith(Announce, StringComparison.Ordinal))
        {
            return string.Concat(announceUrl.AsSpan(0, slash + 1), "scrape", last[Announce.Length..]);
        }

        return last.StartsWith("scrape", StringComparison.Ordinal) ? announceUrl : null;
    }

    public void Dispose() => _http.Dispose();

    private static Uri ParseUrl(string url)
    {
        // What the tracker gave as its path and query, a passkey perhaps, goes back to it as it is.
        var asGiven = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        return TorrentUrl.IsPlain(url)
            && Uri.TryCreate(fragment < 0 ? url : url[..fragment], asGiven, out var parsed)
            && parsed.IsAbsoluteUri
            && parsed.Host.Length > 0
            && parsed.Scheme is "http" or "https" or "udp"
                ? parsed
                : throw new TrackerException(
                    TrackerErrorKind.UnsupportedUrl, $"'{PathRules.Show(url)}' is not the address of an HTTP or UDP tracker.");
    }
}
