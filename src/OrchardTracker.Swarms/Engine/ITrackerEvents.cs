namespace OrchardTracker.Swarms;

/// <summary>
/// Takes what must outlive the announce. Called on the announce's own path, outside of every lock: it must return at
/// once and never throw; storing is somebody else's work, in batches.
/// </summary>
public interface ITrackerEvents
{
    /// <summary>
    /// A user's client has announced: what is to be added to his account, which may be nothing but that he was seen.
    /// </summary>
    void OnAccount(in AccountDelta delta, in PeerAnnounce announce);

    /// <summary>A download was completed and counted.</summary>
    void OnCompleted(in PeerAnnounce announce);
}
