namespace OrchardTracker.Tracker;

/// <summary>The ids of this module's features.</summary>
public static class TrackerFeatures
{
    public const string Tracker = "OrchardTracker.Tracker";
}
