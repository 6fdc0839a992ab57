namespace OrchardTracker.Torrents.Details;

/// <summary>A peer as those who may see peers see it.</summary>
/// <param name="Client">Program and version, as its id says.</param>
/// <param name="Progress">From 0 to 1; null where the tracker keeps no account.</param>
public sealed record PeerRow(string Address, string Client, bool IsSeeder, double? Progress, TimeSpan Idle);
