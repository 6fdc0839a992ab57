namespace OrchardTracker.Tracker.Accounts;

/// <summary>By what the list of users is ordered, the most or latest first.</summary>
public enum AccountOrder
{
    LastSeen,
    Uploaded,
    Downloaded,
    SeedingTime,
}
