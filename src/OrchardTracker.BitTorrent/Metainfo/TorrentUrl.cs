namespace OrchardTracker.BitTorrent;

/// <summary>Which addresses may stand in a torrent.</summary>
internal static class TorrentUrl
{
    private const int Longest = 4_096;

    private static readonly string[] TrackerSchemes = ["http", "https", "udp", "ws", "wss"];
    private static readonly string[] WebSeedSchemes = ["http", "https", "ftp"];

    /// <summary>HTTP (BEP 3), UDP (BEP 15), WebSocket (WebTorrent).</summary>
    public static bool IsTracker(string url) => IsPlain(url) && HasScheme(url, TrackerSchemes);

    /// <summary>HTTP and FTP (BEP 19, BEP 17). Many have spaces or other alphabets, which clients escape.</summary>
    public static bool IsWebSeed(string url) => !url.Any(char.IsControl) && HasScheme(url, WebSeedSchemes);

    /// <summary>
    /// Whether an address has nothing but what may stand in one as it is (RFC 3986). Parsers take line breaks and much else
    /// and only escape it; but trackers are asked by the address as it was given, which then would end the line of a request.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<char> url) => !url.ContainsAnyExceptInRange('!', '~');

    private static bool HasScheme(string url, string[] schemes) =>
        url.Length <= Longest
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && schemes.Contains(uri.Scheme);
}
