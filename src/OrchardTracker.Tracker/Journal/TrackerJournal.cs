namespace OrchardTracker.Tracker.Journal;

/// <summary>Tells all journals. Scoped.</summary>
public sealed class TrackerJournal(IEnumerable<ITrackerJournal> journals)
{
    public async Task RecordAsync(TrackerAct act, string subject, string? detail = null)
    {
        foreach (var journal in journals)
        {
            await journal.RecordAsync(act, subject, detail);
        }
    }
}
