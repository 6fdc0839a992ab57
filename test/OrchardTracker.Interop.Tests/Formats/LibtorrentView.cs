using System.Text.Json;

namespace OrchardTracker.Interop.Tests.Formats;

/// <summary>What libtorrent sees in a torrent or a magnet link.</summary>
internal sealed record LibtorrentView(
    string Name, string? V1, string? V2, int PieceLength, bool Private, JsonElement[][] Files, string[] Trackers, string[] WebSeeds, string Magnet)
{
    public static async Task<LibtorrentView> RunAsync(params string[] arguments)
    {
        var libtorrent = await Tool.RequireLibtorrentAsync("Formats/libtorrent_formats.py");
        return JsonSerializer.Deserialize<LibtorrentView>(await libtorrent.RunAsync(arguments), JsonSerializerOptions.Web)!;
    }

    public IEnumerable<(string Path, long Length)> Lengths => Files.Select(file => (file[0].GetString()!, file[1].GetInt64()));
}
