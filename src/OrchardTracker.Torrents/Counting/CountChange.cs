using OrchardTracker.Swarms;

namespace OrchardTracker.Torrents.Counting;

/// <summary>What is to be written of a torrent.</summary>
/// <param name="Completed">All downloads that were ever completed.</param>
/// <param name="Downloads">Of the .torrent file, taken from the entry.</param>
internal sealed record CountChange(BoardEntry Entry, SwarmCounts Own, int Completed, int Downloads)
{
    public bool IsEmpty => Own.Seeders == Entry.Seeders
        && Own.Leechers == Entry.Leechers
        && Own.Completed == Entry.SeenCompleted
        && Completed == Entry.Completed
        && Downloads == 0;

    /// <summary>It is written.</summary>
    public void Apply()
    {
        Entry.Seeders = Own.Seeders;
        Entry.Leechers = Own.Leechers;
        Entry.Completed = Completed;
        Entry.SeenCompleted = Own.Completed;
        Entry.IsEventful = true;
    }

    /// <summary>It could not be written.</summary>
    public void Undo() => Entry.GiveBack(Downloads);
}
