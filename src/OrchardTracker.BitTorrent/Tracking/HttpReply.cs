using System.Globalization;
using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>Reads a tracker's reply by HTTP, as much as there is of it: trackers leave out and add what they like.</summary>
internal static class HttpReply
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(30);

    /// <exception cref="TrackerException">It is no reply, or one that says no.</exception>
    public static BencodeDictionary Parse(byte[] body, HttpStatusCode status)
    {
        BencodeDictionary? reply = null;
        string? fault = null;
        try
        {
            var limits = new BencodeLimits { MaxDepth = 16, MaxLength = int.MaxValue, MaxTokens = 200_000 };
            reply = BencodeValue.Parse(body, BencodeMode.Lenient, limits) as BencodeDictionary;
        }
        catch (BencodeException error)
        {
            fault = error.Message;
        }

        if (reply?["failure reason"u8] is BencodeString reason)
        {
            throw new TrackerException(TrackerErrorKind.Refused, ReplyValues.Text(reason.Text)) { RetryIn = ReadRetry(reply) };
        }

        if (status != HttpStatusCode.OK)
        {
            throw new TrackerException(TrackerErrorKind.InvalidResponse, $"The tracker answered with HTTP status {(int)status} ({status}).");
        }

        return reply ?? throw new TrackerException(
            TrackerErrorKind.InvalidResponse,
            $"What answered is no tracker: its answer is not a bencoded dictionary. {fault}".TrimEnd());
    }

    public static TrackerAnnounceResponse ReadAnnounce(BencodeDictionary reply)
    {
        var peers = new List<TrackerPeer>();
        ReadPeers(reply["peers"u8], 4, peers);
        ReadPeers(reply["peers6"u8], 16, peers);
        return new TrackerAnnounceResponse
        {
            Interval = ReadSeconds(reply["interval"u8]) ?? UsualInterval,
            MinInterval = ReadSeconds(reply["min interval"u8]),
            TrackerId = (reply["tracker id"u8] as BencodeString)?.Bytes,
            WarningMessage = reply["warning message"u8] is BencodeString warning ? ReplyValues.Text(warning.Text) : null,
            ExternalAddress = reply["external ip"u8] is BencodeString { Bytes.Length: 4 or 16 } ip ? new IPAddress(ip.Bytes.Span) : null,
            Seeders = ReadCount(reply["complete"u8]),
            Leechers = ReadCount(reply["incomplete"u8]),
            Downloaded = ReadCount(reply["downloaded"u8]),
            Peers = peers,
        };
    }

    public static void ReadScrape(BencodeDictionary reply, IEnumerable<InfoHash> asked, Dictionary<InfoHash, TrackerScrapeEntry> entries)
    {
        if (reply["files"u8] is not BencodeDictionary files)
        {
            throw new TrackerException(TrackerErrorKind.InvalidResponse, "The tracker's answer to a scrape has no 'files'.");
        }

        foreach (var hash in asked)
        {
            if (files[hash.ToArray().AsSpan()] is BencodeDictionary file)
            {
                entries[hash] = new TrackerScrapeEntry(
                    ReadCount(file["complete"u8]) ?? 0,
                    ReadCount(file["incomplete"u8]) ?? 0,
                    ReadCount(file["downloaded"u8]) ?? 0,
                    ReadCount(file["downloaders"u8]));
            }
        }
    }

    public static TimeSpan? ReadScrapeInterval(BencodeDictionary reply) =>
        reply["flags"u8] is BencodeDictionary flags ? ReadSeconds(flags["min_request_interval"u8]) : null;

    private static void ReadPeers(BencodeValue? value, int addressLength, List<TrackerPeer> peers)
    {
        if (value is BencodeString compact)
        {
            ReplyValues.ReadCompact(compact.Bytes.Span, addressLength, peers);
        }
        else if (value is BencodeList list)
        {
            foreach (var item in list.Items)
            {
                // Names of hosts are allowed by BEP 3; nobody sends them, and nobody should be made to look them up.
                if (item is BencodeDictionary peer
                    && peer["ip"u8] is BencodeString ip && IPAddress.TryParse(ip.Text, out var address)
                    && peer["port"u8] is BencodeInteger { Value: > 0 and <= IPEndPoint.MaxPort } port)
                {
                    peers.Add(new TrackerPeer(
                        address,
                        (int)port.Value,
                        peer["peer id"u8] is BencodeString { Bytes.Length: PeerId.Length } id ? new PeerId(id.Bytes.Span) : null));
                }
            }
        }
    }

    private static TimeSpan? ReadSeconds(BencodeValue? value) =>
        value is BencodeInteger { Value: >= 0 } seconds ? ReplyValues.Seconds(seconds.Value) : null;

    private static int? ReadCount(BencodeValue? value) => value is BencodeInteger { Value: >= 0 } count
        ? (int)Math.Min(count.Value, int.MaxValue)
        : null;

    // In minutes, or "never" (BEP 31).
    private static TimeSpan? ReadRetry(BencodeDictionary reply) => reply["retry in"u8] switch
    {
        BencodeInteger { Value: >= 0 } minutes => ReplyValues.Seconds(60 * Math.Min(minutes.Value, int.MaxValue)),
        BencodeString text when text.Text == "never" => Timeout.InfiniteTimeSpan,
        BencodeString text when uint.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) =>
            ReplyValues.Seconds(60L * minutes),
        _ => null,
    };
}
