namespace OrchardTracker.Torrents.Searching;

/// <summary>Where searches for words change their way, whatever somebody looks for.</summary>
public sealed record SearchLimits
{
    /// <summary>So many torrents that have the words are looked up one by one; where there are more, the list is gone through.</summary>
    public int MostNumbers { get; init; } = 5_000;

    /// <summary>What is found is counted so far: who finds more looks for other words.</summary>
    public int MostCounted { get; init; } = 10_000;
}
