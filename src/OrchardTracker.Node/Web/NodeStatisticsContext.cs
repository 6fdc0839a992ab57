using System.Text.Json.Serialization;

namespace OrchardTracker.Node;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeStatistics))]
internal sealed partial class NodeStatisticsContext : JsonSerializerContext;
