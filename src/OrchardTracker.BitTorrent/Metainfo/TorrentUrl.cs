namespace OrchardTracker.BitTorrent;

/// <summary>Which addresses may stand in a torrent.</summary>
internal static class TorrentUrl
{
    private const int Longest = 4_096;

    private static readonly string[] TrackerSchemes = ["http", "https", "udp", "ws", "wss"];
    private static readonly string[] WebSeedSchemes = ["http", "https", "ftp"];

    /// <summary>HTTP (BEP 3), UDP (BEP 15), WebSocket (WebTorrent).</summary>
    public static bool IsTracker(string url) => HasScheme(url, TrackerSchemes);

    /// <summary>HTTP and FTP (BEP 19, BEP 17).</summary>
    public static bool IsWebSeed(string url) => HasScheme(url, WebSeedSchemes);

    private static bool HasScheme(string url, string[] schemes) =>
        url.Length <= Longest
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && schemes.Contains(uri.Scheme);
}
