namespace OrchardTracker.Tracker.Journal;

/// <summary>What somebody has done with the tracker.</summary>
public enum TrackerAct
{
    SettingsChanged,
    BanAdded,
    BanLifted,
    KeyRotated,
    KeyRevoked,
}
