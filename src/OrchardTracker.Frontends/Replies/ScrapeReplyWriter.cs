using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>An answered scrape in bencode (BEP 48, and <c>downloaders</c> of BEP 21).</summary>
internal static class ScrapeReplyWriter
{
    /// <summary>Bytes before and after the files.</summary>
    public const int FrameLength = 64;

    /// <summary>An upper bound for one file.</summary>
    public const int FileLength = 120;

    public static void Begin(ref ReplyWriter writer) => writer.Raw("d5:filesd"u8);

    public static void WriteFile(ref ReplyWriter writer, InfoHash hash, in SwarmCounts counts)
    {
        Span<byte> bytes = stackalloc byte[InfoHash.Length];
        hash.CopyTo(bytes);
        writer.String(bytes);
        writer.Entry("d8:complete"u8, counts.Seeders);
        writer.Entry("10:downloaded"u8, counts.Completed);
        writer.Entry("11:downloaders"u8, counts.Downloaders);
        writer.Entry("10:incomplete"u8, counts.Leechers);
        writer.Raw((byte)'e');
    }

    /// <param name="minInterval">Seconds that clients shall wait between two scrapes.</param>
    public static void End(ref ReplyWriter writer, int minInterval)
    {
        writer.Entry("e5:flagsd20:min_request_interval"u8, minInterval);
        writer.Raw("ee"u8);
    }
}
