using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Udp;

/// <summary>Listens to the tracker, and does what nobody may.</summary>
internal sealed class ThrowingEvents : ITrackerEvents
{
    public void OnAccount(in AccountDelta delta, in PeerAnnounce announce) => throw new NotSupportedException();

    public void OnCompleted(in PeerAnnounce announce) => throw new NotSupportedException();
}
