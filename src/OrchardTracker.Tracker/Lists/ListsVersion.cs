using OrchardCore.Documents;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Lists;

/// <summary>Which version of its lists the tracker goes by.</summary>
public sealed class ListsVersion(IDocumentManager<ListsVersionDocument> documents, SiteTracker tracker)
{
    /// <summary>Says that the lists have changed, and that this server goes by the change already.</summary>
    public async Task ChangeAsync()
    {
        var document = await documents.GetOrCreateMutableAsync();
        document.Changes++;
        await documents.UpdateAsync(document);
        tracker.Tenant.ListsVersion = document.Changes;
    }

    /// <summary>Whether somebody else has changed the lists. What this server has changed itself may not be stored yet.</summary>
    internal async Task<bool> IsNewAsync() => (await documents.GetOrCreateImmutableAsync()).Changes > tracker.Tenant.ListsVersion;

    internal async Task TakeAsync() => tracker.Tenant.ListsVersion = (await documents.GetOrCreateImmutableAsync()).Changes;
}
