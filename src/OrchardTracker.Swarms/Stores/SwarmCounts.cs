namespace OrchardTracker.Swarms;

/// <summary>How many clients a swarm has; in a private swarm, how many users.</summary>
/// <param name="Seeders">Those that have everything.</param>
/// <param name="Leechers">Those that do not, partial seeds among them.</param>
/// <param name="PartialSeeds">Leechers that want no more (BEP 21).</param>
/// <param name="Completed">How many have become seeders since counting began.</param>
public readonly record struct SwarmCounts(int Seeders, int Leechers, int PartialSeeds, int Completed)
{
    /// <summary>Leechers that still download: what BEP 21 calls <c>downloaders</c>.</summary>
    public int Downloaders => Leechers - PartialSeeds;
}
