namespace OrchardTracker.Swarms;

/// <summary>Brings the ages of a snapshot into the time of a new process; all in milliseconds.</summary>
/// <param name="Now">Of the store's clock.</param>
/// <param name="Away">How long nobody could announce.</param>
/// <param name="Oldest">No peer comes back older, so that each has time to announce again.</param>
internal readonly record struct SnapshotAges(long Now, long Away, long Oldest)
{
    /// <summary>When something would have been last seen on the store's clock; may lie before its start.</summary>
    public long SeenAt(long age) => Now - Math.Clamp(age + Away, 0, Math.Max(0, Oldest));
}
