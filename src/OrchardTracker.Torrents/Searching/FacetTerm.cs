namespace OrchardTracker.Torrents.Searching;

/// <summary>A term of a taxonomy.</summary>
/// <param name="Depth">0 at the top.</param>
/// <param name="Ids">Its own id and those of all terms below it: who looks for it looks for these too.</param>
public sealed record FacetTerm(string Id, string Name, int Depth, IReadOnlyList<string> Ids);
