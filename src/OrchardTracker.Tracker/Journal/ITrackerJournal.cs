namespace OrchardTracker.Tracker.Journal;

/// <summary>Is told what people do with the tracker. Scoped; there may be none.</summary>
public interface ITrackerJournal
{
    /// <param name="subject">What it was done to.</param>
    /// <param name="detail">How; never a secret.</param>
    Task RecordAsync(TrackerAct act, string subject, string? detail);
}
