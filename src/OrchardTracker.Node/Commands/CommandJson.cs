using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrchardTracker.Node;

/// <summary>Objects of one line for terminals and programs.</summary>
internal static class CommandJson
{
    // Names of any script stay readable: this is no web page.
    private static readonly CommandJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(TorrentText torrent) => JsonSerializer.Serialize(torrent, Context.TorrentText);

    public static string Write(AnnounceText announce) => JsonSerializer.Serialize(announce, Context.AnnounceText);

    public static string Write(ScrapeText scrape) => JsonSerializer.Serialize(scrape, Context.ScrapeText);
}
