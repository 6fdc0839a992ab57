using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Has the torrents of a content item's files looked at again when the item was published, changed or taken back.</summary>
internal sealed class OwnerContentHandler : ContentHandlerBase
{
    public override Task PublishedAsync(PublishContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task CreatedAsync(CreateContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task DraftSavedAsync(SaveDraftContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task UnpublishedAsync(PublishContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task RemovedAsync(RemoveContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task UpdatedAsync(UpdateContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    // Once, and when what has changed is committed.
    private static Task RecheckAsync(string contentItemId)
    {
        var waiting = ShellScope.GetOrCreateFeature<Waiting>();
        if (waiting.ContentItemIds.Add(contentItemId) && waiting.ContentItemIds.Count == 1)
        {
            ShellScope.AddDeferredTask(scope => RecheckAsync(scope.ServiceProvider, waiting.ContentItemIds));
        }

        return Task.CompletedTask;
    }

    private static async Task RecheckAsync(IServiceProvider services, IEnumerable<string> contentItemIds)
    {
        var owners = services.GetRequiredService<MediaOwners>();
        var publishing = services.GetRequiredService<TenantPublishing>();
        foreach (var contentItemId in contentItemIds)
        {
            foreach (var path in await owners.FindPathsAsync(contentItemId))
            {
                publishing.Report(new MediaChange(MediaChangeKind.Recheck, path));
            }
        }
    }

    private sealed class Waiting
    {
        public HashSet<string> ContentItemIds { get; } = [];
    }
}
