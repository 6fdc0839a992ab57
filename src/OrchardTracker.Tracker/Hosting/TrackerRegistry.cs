using System.Collections.Concurrent;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// The trackers of all tenants of this process. Static, because a module has no other place that outlives a shell: the
/// services of a tenant are disposed with each release.
/// </summary>
internal static class TrackerRegistry
{
    private static readonly ConcurrentDictionary<TenantKey, TenantTracker> Trackers = new();

    public static TenantTracker GetOrAdd(TenantKey key, TimeProvider time) => Trackers.GetOrAdd(key, static (_, time) => new TenantTracker(time), time);

    public static IEnumerable<TenantTracker> All => Trackers.Values;

    public static TenantTracker? Find(TenantKey key) => Trackers.GetValueOrDefault(key);

    /// <summary>Forgets a tracker, with all its swarms.</summary>
    /// <returns>The one that was forgotten; null when there was none.</returns>
    public static TenantTracker? Remove(TenantKey key)
    {
        if (Trackers.TryRemove(key, out var tracker))
        {
            tracker.IsActive = false;
        }

        return tracker;
    }
}
