using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>
/// Has the torrents of a content item's files looked at again when the item was published, changed or taken back: of the
/// files it has now, and of those it had before.
/// </summary>
internal sealed class OwnerContentHandler(IServiceProvider services) : ContentHandlerBase
{
    public override Task ImportingAsync(ImportContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task PublishingAsync(PublishContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task CreatedAsync(CreateContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task DraftSavingAsync(SaveDraftContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task UnpublishingAsync(PublishContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task RemovingAsync(RemoveContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    public override Task UpdatingAsync(UpdateContentContext context) => RecheckAsync(context.ContentItem.ContentItemId);

    // Once, and when what has changed is committed.
    private async Task RecheckAsync(string? contentItemId)
    {
        var waiting = ShellScope.GetOrCreateFeature<Waiting>();
        if (string.IsNullOrEmpty(contentItemId) || !waiting.ContentItemIds.Add(contentItemId))
        {
            return;
        }

        if (waiting.ContentItemIds.Count == 1)
        {
            ShellScope.AddDeferredTask(scope => RecheckAsync(scope.ServiceProvider, waiting));
        }

        // Not before it is needed: the content manager needs its handlers.
        waiting.Paths.UnionWith(await services.GetRequiredService<MediaOwners>().FindPathsAsync(contentItemId));
    }

    private static async Task RecheckAsync(IServiceProvider services, Waiting waiting)
    {
        var owners = services.GetRequiredService<MediaOwners>();
        foreach (var contentItemId in waiting.ContentItemIds)
        {
            waiting.Paths.UnionWith(await owners.FindPathsAsync(contentItemId));
        }

        var publishing = services.GetRequiredService<TenantPublishing>();
        foreach (var path in waiting.Paths)
        {
            publishing.Report(new MediaChange(MediaChangeKind.Recheck, path));
        }
    }

    private sealed class Waiting
    {
        public HashSet<string> ContentItemIds { get; } = [];

        public HashSet<string> Paths { get; } = [];
    }
}
