using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Models;
using OrchardCore.Modules;
using OrchardCore.Sitemaps.Aspects;
using OrchardCore.Sitemaps.Handlers;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.TextSearch;

namespace OrchardTracker.Torrents.Handlers;

/// <summary>Keeps the tracker and the store in step with the content items.</summary>
public sealed class TorrentPartHandler(
    // What needs the session is asked for late: the session itself asks for handlers that are also indexes.
    IServiceProvider services,
    TorrentChanges changes,
    TorrentDuplicates duplicates,
    IClock clock,
    IStringLocalizer<TorrentPartHandler> S)
    : ContentPartHandler<TorrentPart>
{
    public override async Task PublishingAsync(PublishContentContext context, TorrentPart part)
    {
        // Not everything that publishes asks first who may: Orchard Core's content API does not when it changes an item.
        if (part.GetHashes() is not var (hash, _)
            || await TakedownOfAsync(hash) is not null
            || await services.GetRequiredService<ModerationGate>().HoldsBackAsync())
        {
            context.Cancel = true;
            return;
        }

        if (part.ListedUtc is null)
        {
            part.ListedUtc = clock.UtcNow;
            part.Apply();
        }
    }

    public override Task CreatedAsync(CreateContentContext context, TorrentPart part) => ChangedAsync(part);

    public override async Task UpdatedAsync(UpdateContentContext context, TorrentPart part)
    {
        await ChangedAsync(part);
        if (context.ContentItem.Published)
        {
            // Sitemaps are made anew when something is published. It may have come to stand in no list without that.
            foreach (var sitemaps in services.GetServices<ISitemapUpdateHandler>())
            {
                await sitemaps.UpdateSitemapAsync(new SitemapUpdateContext { UpdateObject = context.ContentItem });
            }
        }
    }

    public override Task ImportedAsync(ImportContentContext context, TorrentPart part) => ChangedAsync(part);

    public override Task PublishedAsync(PublishContentContext context, TorrentPart part) => ChangedAsync(part);

    public override async Task UnpublishedAsync(PublishContentContext context, TorrentPart part)
    {
        await ChangedAsync(part);
        if (part.InfoHash is { } hash)
        {
            await services.GetRequiredService<ForeignTrackers>().SetAsync(hash, []);
        }
    }

    public override async Task RemovedAsync(RemoveContentContext context, TorrentPart part)
    {
        if (context.NoActiveVersionLeft && part.GetHashes() is var (hash, _))
        {
            await services.GetRequiredService<ITorrentStore>().ReleaseAsync(hash, TorrentFeatures.Torrents);
            await services.GetRequiredService<TorrentRecords>().RemoveAsync(hash.ToString());
            await changes.AddAsync(hash);
        }
        else
        {
            await ChangedAsync(part);
        }
    }

    /// <summary>What stands in no list stands in no sitemap. The names of its files are part of what search indexes know of it.</summary>
    public override async Task GetContentItemAspectAsync(ContentItemAspectContext context, TorrentPart part)
    {
        await context.ForAsync<SitemapMetadataAspect>(aspect =>
        {
            aspect.Exclude |= part.IsUnlisted;
            return Task.CompletedTask;
        });
        await context.ForAsync<FullTextAspect>(async aspect =>
        {
            if (part.GetHashes() is var (hash, _) && await services.GetRequiredService<ITorrentStore>().FindAsync(hash) is { } metainfo)
            {
                aspect.Segments.Add(TorrentNames.ToText(TorrentNames.Of(metainfo).Prepend(part.ContentItem.DisplayText ?? "")));
            }
        });
    }

    /// <summary>A copy would be the same torrent twice: it begins without one. So does a translation, which Orchard Core makes by copying.</summary>
    public override Task ClonedAsync(CloneContentContext context, TorrentPart part)
    {
        var copy = context.CloneContentItem;
        copy.Remove<TorrentPart>();
        copy.Weld(new TorrentPart { IsUnlisted = part.IsUnlisted });
        return Task.CompletedTask;
    }

    protected override async Task ValidatingAsync(ValidateContentPartContext context, TorrentPart part)
    {
        if (part.GetHashes() is not var (hash, _))
        {
            context.Fail(
                TorrentTranslation.IsOne(part.ContentItem)
                    ? S["A torrent has one page in all languages, so a translation begins without one: translate on that page, or give this language a torrent of its own."]
                    : S["A .torrent file is needed."],
                nameof(part.InfoHash));
        }
        else if (await TakedownOfAsync(hash) is { } takedown)
        {
            context.Fail(S["This torrent was taken down: {0}", takedown.Reason], nameof(part.InfoHash));
        }
        else if (await duplicates.FindAsync(hash, part.ContentItem.ContentItemId) is { } other)
        {
            context.Fail(S["The site has this torrent already: '{0}'.", other.DisplayText], nameof(part.InfoHash));
        }
    }

    private Task<Takedown?> TakedownOfAsync(InfoHash hash) => services.GetRequiredService<Takedowns>().FindAsync(hash);

    private async Task ChangedAsync(TorrentPart part)
    {
        if (part.GetHashes() is not var (hash, _))
        {
            return;
        }

        await changes.AddAsync(hash);
        if (part.ContentItem.Published || part.ListedUtc is null)
        {
            // A draft beside a published version is not what visitors look for.
            await services.GetRequiredService<TorrentRecords>().SetTitleWordsAsync(hash.ToString(), part.ContentItem.DisplayText ?? "");
        }

        if (part.ContentItem.Published)
        {
            // The trackers of a private torrent are for its members: none that we are.
            var others = await services.GetRequiredService<OtherTrackers>().OfAsync(part.IsPrivate ? [] : part.Trackers);
            await services.GetRequiredService<ForeignTrackers>().SetAsync(hash.ToString(), others.SelectMany(tier => tier));
        }
    }
}
