namespace OrchardTracker;

/// <summary>
/// The announce URLs for what is handed to the visitor of the current request: below the address by which he came, and
/// with his passkey where the tracker is private; none at all there for a visitor who may not announce. Scoped; registered
/// only while the Tracker feature is enabled.
/// </summary>
public interface IAnnounceUrls
{
    ValueTask<AnnounceUrls> GetAsync();
}
