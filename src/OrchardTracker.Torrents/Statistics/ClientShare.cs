namespace OrchardTracker.Torrents.Statistics;

/// <summary>A program that peers use, without its version.</summary>
/// <param name="Peers">How many of those that were looked at use it.</param>
/// <param name="Share">From 0 to 1.</param>
public sealed record ClientShare(string Client, int Peers, double Share);
