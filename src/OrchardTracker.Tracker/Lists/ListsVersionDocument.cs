using OrchardCore.Data.Documents;

namespace OrchardTracker.Tracker.Lists;

/// <summary>Changes with the tracker's lists, so that each server of a site notices when another one has changed them.</summary>
public sealed class ListsVersionDocument : Document
{
    public long Changes { get; set; }
}
