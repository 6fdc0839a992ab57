using System.Text.Json.Serialization;

namespace OrchardTracker.Publishing;

[JsonSerializable(typeof(StoredTorrent))]
internal sealed partial class StoredTorrentContext : JsonSerializerContext;
