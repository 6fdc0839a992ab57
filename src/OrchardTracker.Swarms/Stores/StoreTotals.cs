namespace OrchardTracker.Swarms;

/// <summary>The sizes of a store.</summary>
/// <param name="Swarms">Torrents with their swarms; a hybrid is one.</param>
/// <param name="Peers">Entries in all peer lists; a client with two addresses is two.</param>
/// <param name="Bytes">Memory that swarms and peers take, without the tables that find them.</param>
public readonly record struct StoreTotals(int Swarms, int Peers, int Seeders, int Leechers, long Completed, long Bytes);
