using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>Asks trackers by HTTP and HTTPS (BEP 3, 48).</summary>
internal sealed class HttpTracker : IDisposable
{
    // Few enough that the address stays shorter than what servers take.
    private const int HashesPerScrape = 50;

    private readonly TrackerClientOptions _options;
    private readonly AddressResolver _resolver;
    private readonly HttpClient _client;

    public HttpTracker(TrackerClientOptions options, AddressResolver resolver)
    {
        _options = options;
        _resolver = resolver;
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.ConnectTimeout,
            AllowAutoRedirect = options.MaxRedirects > 0,
            MaxAutomaticRedirections = Math.Max(1, options.MaxRedirects),
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,

            // A proxy would connect in our place, to addresses that were never asked about.
            UseProxy = false,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<TrackerAnnounceResponse> AnnounceAsync(Uri url, TrackerAnnounceRequest request, CancellationToken cancellationToken)
    {
        var reply = await GetAsync(Append(url, Query(request)), cancellationToken).ConfigureAwait(false);
        return HttpReply.ReadAnnounce(reply);
    }

    public async Task<TrackerScrapeResponse> ScrapeAsync(
        Uri url, IReadOnlyCollection<InfoHash> hashes, CancellationToken cancellationToken)
    {
        if (TrackerClient.GetScrapeUrl(url.OriginalString) is not { } scrape)
        {
            throw new TrackerException(
                TrackerErrorKind.UnsupportedUrl, "The tracker cannot be scraped: its address has no 'announce' after the last slash (BEP 48).");
        }

        var entries = new Dictionary<InfoHash, TrackerScrapeEntry>();
        TimeSpan? interval = null;
        foreach (var some in hashes.Distinct().Chunk(HashesPerScrape))
        {
            var query = string.Join('&', some.Select(hash => "info_hash=" + Escape(hash.ToArray())));
            var reply = await GetAsync(Append(new Uri(scrape), query), cancellationToken).ConfigureAwait(false);
            HttpReply.ReadScrape(reply, some, entries);
            interval = HttpReply.ReadScrapeInterval(reply) ?? interval;
        }

        return new TrackerScrapeResponse { Entries = entries, MinInterval = interval };
    }

    public void Dispose() => _client.Dispose();

    private static string Query(TrackerAnnounceRequest request)
    {
        var query = new StringBuilder();
        query.Append("info_hash=").Append(Escape(request.InfoHash.ToArray()));
        query.Append("&peer_id=").Append(Escape(request.PeerId.Bytes));
        query.Append(
            CultureInfo.InvariantCulture,
            $"&port={request.Port}&uploaded={request.Uploaded}&downloaded={request.Downloaded}&left={request.Left}&key={request.Key:X8}&compact={(request.Compact ? 1 : 0)}");
        if (request.Event != AnnounceEvent.None)
        {
            query.Append("&event=").Append(request.Event switch
            {
                AnnounceEvent.Started => "started",
                AnnounceEvent.Completed => "completed",
                AnnounceEvent.Stopped => "stopped",
                AnnounceEvent.Paused => "paused",
                _ => throw new ArgumentOutOfRangeException(nameof(request), request.Event, "No such event."),
            });
        }

        if (request.NumWant is { } wanted)
        {
            query.Append(CultureInfo.InvariantCulture, $"&numwant={wanted}");
        }

        if (request.Ip is { } ip)
        {
            query.Append("&ip=").Append(Uri.EscapeDataString(ip.ToString()));
        }

        if (request.TrackerId is { } id)
        {
            query.Append("&trackerid=").Append(Escape(id.Span));
        }

        return query.ToString();
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(3 * bytes.Length);
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    // The tracker's own query, if it has one, stays in front.
    private static Uri Append(Uri url, string query)
    {
        var text = url.OriginalString;
        var separator = !text.Contains('?', StringComparison.Ordinal) ? "?" : text[^1] is '?' or '&' ? "" : "&";
        return new Uri(text + separator + query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private async Task<BencodeDictionary> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.HttpTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var body = await ReadBodyAsync(response, either.Token).ConfigureAwait(false);
            return HttpReply.Parse(body, response.StatusCode);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TrackerException(TrackerErrorKind.TimedOut, "The tracker did not answer in time.", error);
        }
        catch (HttpRequestException error)
        {
            throw Find<TrackerException>(error)
                ?? (error.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.ResponseEnded
                    ? new TrackerException(TrackerErrorKind.InvalidResponse, "What answers there does not speak HTTP as it should.", error)
                    : new TrackerException(TrackerErrorKind.Unreachable, $"The tracker cannot be reached: {error.Message}", error));
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw new TrackerException(TrackerErrorKind.InvalidResponse, "The tracker's answer ended too early or was damaged.", error);
        }
    }

    private async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > _options.MaxResponseLength)
        {
            throw TooLong();
        }

        var body = new ArrayBufferWriter<byte>(4_096);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(body.GetMemory(4_096), cancellationToken).ConfigureAwait(false)) > 0)
            {
                body.Advance(read);
                if (body.WrittenCount > _options.MaxResponseLength)
                {
                    throw TooLong();
                }
            }
        }

        return body.WrittenSpan.ToArray();
    }

    private TrackerException TooLong() =>
        new(TrackerErrorKind.InvalidResponse, $"The tracker's answer is longer than {_options.MaxResponseLength} bytes.");

    // Names are resolved here and nowhere else: what was allowed is what is connected to.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _resolver.ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
        {
            error = error.InnerException;
        }

        return (T?)error;
    }
}
