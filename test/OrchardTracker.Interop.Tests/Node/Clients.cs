namespace OrchardTracker.Interop.Tests.Node;

internal static class Clients
{
    public const string MagnetPrefix = "magnet:";

    /// <summary>Starts a client on a torrent; with what is in the folder already it seeds, otherwise it downloads.</summary>
    /// <param name="torrent">A file, or a magnet link.</param>
    /// <param name="ip">The loopback address it listens on.</param>
    public static async Task<IClient> StartAsync(ClientKind kind, string torrent, string folder, string ip) => kind switch
    {
        ClientKind.Aria2 => Aria2.Start(torrent, folder, ip),
        ClientKind.Libtorrent => await Libtorrent.StartAsync(torrent, folder, ip),
        _ => await Transmission.StartAsync(torrent, folder, ip),
    };
}
