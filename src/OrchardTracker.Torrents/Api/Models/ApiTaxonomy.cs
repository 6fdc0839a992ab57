using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>A taxonomy by which torrents are filed.</summary>
public sealed record ApiTaxonomy(
    [property: Description("The name of the parameter that filters by it.")] string Key,
    string Name,
    IReadOnlyList<string> Terms);
