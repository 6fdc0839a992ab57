using System.Buffers.Binary;
using System.Net;

namespace OrchardTracker.BitTorrent;

/// <summary>What replies by HTTP and UDP have in common.</summary>
internal static class ReplyValues
{
    private const int LongestText = 500;

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    /// <summary>Reads peers of 6 or 18 bytes (BEP 23, BEP 7). What is left over at the end is no peer.</summary>
    public static void ReadCompact(ReadOnlySpan<byte> bytes, int addressLength, List<TrackerPeer> peers)
    {
        var stride = addressLength + 2;
        for (; bytes.Length >= stride; bytes = bytes[stride..])
        {
            var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[addressLength..]);
            if (port > 0)
            {
                peers.Add(new TrackerPeer(new IPAddress(bytes[..addressLength]), port, null));
            }
        }
    }

    /// <summary>A time that a tracker names; nobody needs to wait longer than a week because of it.</summary>
    public static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)LongestTime.TotalSeconds));

    /// <summary>A tracker's words, fit to be shown: not longer than a few lines, without control characters.</summary>
    public static string Text(string text)
    {
        text = text.Length > LongestText ? text[..LongestText] : text;
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
