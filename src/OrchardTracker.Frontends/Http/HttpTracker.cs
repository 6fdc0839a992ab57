using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// Announces and scrapes over HTTP. Takes a request or leaves it, before anything else of the host has worked on it; needs
/// no services, no routing and no scope.
/// </summary>
public sealed class HttpTracker(TrackerEngine engine, HttpTrackerOptions options)
{
    private static readonly StringValues PlainText = "text/plain";
    private static readonly StringValues NoStore = "no-store";

    private volatile HttpTrackerOptions _options = options;

    /// <summary>May be replaced at any time.</summary>
    public HttpTrackerOptions Options
    {
        get => _options;
        set => _options = value;
    }

    public TrackerEngine Engine { get; } = engine;

    /// <summary>Which address an announce of this sender would get; null when nothing tells one.</summary>
    public static IPAddress? AddressOf(HttpContext context, HttpTrackerOptions options) =>
        ClientAddress.TryGet(context, options, out var address, out _) ? address.ToIPAddress() : null;

    /// <summary>Whether a tracker answers at a path that has this place for announces or scrapes.</summary>
    /// <param name="path">Relative to the tracker's root.</param>
    /// <param name="place">Such as <c>/announce</c>.</param>
    public static bool IsPathOf(ReadOnlySpan<char> path, ReadOnlySpan<char> place) => TrackerRoute.IsAt(path, place);

    /// <summary>Answers when the path is the tracker's. Callable by anybody: the engine decides who may.</summary>
    /// <param name="path">Relative to the tracker's root: below a path base or a tenant's prefix.</param>
    /// <returns>False when the path is somebody else's; the request is untouched then.</returns>
    public bool TryHandle(HttpContext context, ReadOnlySpan<char> path)
    {
        var options = _options;
        var route = TrackerRoute.Match(path, options);
        if (route.Action == TrackerAction.None)
        {
            return false;
        }

        TracedRequest.Conceal(route.Action == TrackerAction.Announce ? options.AnnouncePath : options.ScrapePath);
        var request = context.Request;
        var isHead = HttpMethods.IsHead(request.Method);
        ReadOnlySpan<char> query = request.QueryString.Value;
        if (!isHead && !HttpMethods.IsGet(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            Refuse(context, Failure.MethodNotAllowed);
        }
        else if (isHead || query.Length <= 1)
        {
            Introduce(context, isHead);
        }
        else if (!ClientAddress.TryGet(context, options, out var address, out var isTrusted))
        {
            Refuse(context, Failure.Unavailable);
        }
        else if (route.Action == TrackerAction.Announce)
        {
            Announce(context, query, route.Passkey, address, isTrusted);
        }
        else
        {
            Scrape(context, query, route.Passkey, address);
        }

        return true;
    }

    [SkipLocalsInit]
    private void Announce(HttpContext context, ReadOnlySpan<char> query, ReadOnlySpan<char> passkey, in PeerAddress address, bool isTrusted)
    {
        Engine.Counters.Count(TrackerCounter.OverHttp);
        AnnounceRequest request = default;
        request.Peer.Address = address;
        PasskeyText.Read(passkey, ref request.PasskeyPresence, ref request.Passkey);
        var failure = AnnounceQuery.Read(query, isTrusted, ref request);
        if (failure != Failure.None)
        {
            Refuse(context, failure);
            return;
        }

        var settings = Engine.Settings;
        var most = Math.Min(request.Peer.Wanted < 0 ? settings.DefaultWanted : request.Peer.Wanted, settings.MaxWanted);
        var withIds = !request.IsCompact && !request.OmitsPeerIds ? most : 0;
        Span<Endpoint4> v4 = stackalloc Endpoint4[most];
        Span<Endpoint6> v6 = stackalloc Endpoint6[most];
        Span<PeerId> ids4 = stackalloc PeerId[withIds];
        Span<PeerId> ids6 = stackalloc PeerId[withIds];
        var reply = Engine.Announce(ref request, new PeerSpace(v4, v6, ids4, ids6));
        if (reply.Failure != Failure.None)
        {
            RefuseUncounted(context, reply.Failure, reply.FailureDetail);
            return;
        }

        var (written4, written6) = (reply.Outcome.Written4, reply.Outcome.Written6);
        var peers = withIds > 0
            ? new GivenPeers(v4[..written4], v6[..written6], ids4[..written4], ids6[..written6])
            : new GivenPeers(v4[..written4], v6[..written6], [], []);
        var buffer = context.Response.BodyWriter.GetSpan(AnnounceReplyWriter.Measure(peers, request.IsCompact));
        Send(context, AnnounceReplyWriter.Write(buffer, reply, request, settings, peers));
    }

    [SkipLocalsInit]
    private void Scrape(HttpContext context, ReadOnlySpan<char> query, ReadOnlySpan<char> passkeyText, in PeerAddress address)
    {
        Engine.Counters.Count(TrackerCounter.OverHttp);
        var settings = Engine.Settings;
        PasskeyPresence presence = default;
        Passkey passkey = default;
        PasskeyText.Read(passkeyText, ref presence, ref passkey);
        Span<InfoHash> hashes = stackalloc InfoHash[settings.MaxScrapeHashes];
        var failure = ScrapeQuery.Read(query, hashes, out var count, ref presence, ref passkey);
        if (failure != Failure.None)
        {
            Refuse(context, failure);
            return;
        }

        failure = Engine.AuthorizeScrape(address, presence, passkey);
        if (failure != Failure.None)
        {
            RefuseUncounted(context, failure, null);
        }
        else if (count > 0)
        {
            ScrapeNamed(context, hashes[..count], settings);
        }
        else if (settings.AllowsFullScrape)
        {
            ScrapeAll(context, settings);
        }
        else
        {
            Refuse(context, Failure.FullScrapeDisabled);
        }
    }

    private void ScrapeNamed(HttpContext context, Span<InfoHash> hashes, TrackerSettings settings)
    {
        hashes.Sort();
        var buffer = context.Response.BodyWriter.GetSpan(ScrapeReplyWriter.FrameLength + hashes.Length * ScrapeReplyWriter.FileLength);
        var writer = new ReplyWriter(buffer);
        ScrapeReplyWriter.Begin(ref writer);
        foreach (var hash in hashes)
        {
            ScrapeReplyWriter.WriteFile(ref writer, hash, Engine.Scrape(hash));
        }

        ScrapeReplyWriter.End(ref writer, (int)settings.MinInterval.TotalSeconds);
        Send(context, writer.Length);
    }

    private void ScrapeAll(HttpContext context, TrackerSettings settings)
    {
        // Sorted keys want all hashes at hand: this is why an operator must ask for it.
        var swarms = Engine.ScrapeAll().ToArray();
        Array.Sort(swarms, (left, right) => left.Key.CompareTo(right.Key));
        var body = ArrayPool<byte>.Shared.Rent(ScrapeReplyWriter.FrameLength + swarms.Length * ScrapeReplyWriter.FileLength);
        try
        {
            var writer = new ReplyWriter(body);
            ScrapeReplyWriter.Begin(ref writer);
            foreach (var (hash, counts) in swarms)
            {
                ScrapeReplyWriter.WriteFile(ref writer, hash, counts);
            }

            ScrapeReplyWriter.End(ref writer, (int)settings.MinInterval.TotalSeconds);
            context.Response.BodyWriter.Write(body.AsSpan(0, writer.Length));
            SetHead(context, writer.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>For people who open the announce URL in a browser.</summary>
    private static void Introduce(HttpContext context, bool isHead)
    {
        var text = "This is the address of a BitTorrent tracker. Browsers have nothing to do here: BitTorrent clients find it in a .torrent file or a magnet link.\n"u8;
        if (isHead)
        {
            SetHead(context, null);
            return;
        }

        text.CopyTo(context.Response.BodyWriter.GetSpan(text.Length));
        Send(context, text.Length);
    }

    private void Refuse(HttpContext context, Failure failure)
    {
        Engine.CountFailure(failure);
        RefuseUncounted(context, failure, null);
    }

    private static void RefuseUncounted(HttpContext context, Failure failure, string? detail) =>
        Send(context, FailureReply.Write(context.Response.BodyWriter.GetSpan(FailureReply.MaxLength), failure, detail));

    private static void Send(HttpContext context, int length)
    {
        SetHead(context, length);
        context.Response.BodyWriter.Advance(length);
    }

    private static void SetHead(HttpContext context, long? length)
    {
        var headers = context.Response.Headers;
        headers.ContentType = PlainText;
        headers.CacheControl = NoStore;
        headers.ContentLength = length;
    }
}
