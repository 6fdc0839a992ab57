namespace OrchardTracker.Node;

/// <summary>Something on the page that is no torrent yet.</summary>
/// <param name="Percent">Null while it is not being hashed.</param>
public sealed record PendingRow(string Name, string State, int? Percent);
