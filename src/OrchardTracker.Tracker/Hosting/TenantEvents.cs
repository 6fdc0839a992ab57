using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Completions;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>Takes from announces what must outlive them.</summary>
internal sealed class TenantEvents(AccountLedger ledger, CompletionQueue completions, TimeProvider time) : ITrackerEvents
{
    public void OnAccount(in AccountDelta delta, in PeerAnnounce announce) => ledger.OnAccount(delta, announce);

    public void OnCompleted(in PeerAnnounce announce)
    {
        if (completions.IsWanted)
        {
            completions.Add(new Completion(announce.InfoHash, announce.User, time.GetUtcNow()));
        }
    }
}
