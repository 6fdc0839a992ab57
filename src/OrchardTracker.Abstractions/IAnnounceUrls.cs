namespace OrchardTracker;

/// <summary>
/// The announce URLs for what is handed to the visitor of the current request: below the address by which he came, and
/// with his passkey where the tracker is private; none at all there for a visitor who may not announce. Scoped; registered
/// only while the Tracker feature is enabled.
/// </summary>
public interface IAnnounceUrls
{
    ValueTask<AnnounceUrls> GetAsync();

    /// <summary>
    /// Whether an address is one of this tracker's, with anybody's passkey or none: what others are given must not hold it.
    /// Asked also where there is no request.
    /// </summary>
    ValueTask<bool> IsOwnAsync(string url);
}
