using System.Text.Json.Serialization;

namespace OrchardTracker.Node;

[JsonSerializable(typeof(TorrentText))]
[JsonSerializable(typeof(AnnounceText))]
[JsonSerializable(typeof(ScrapeText))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
