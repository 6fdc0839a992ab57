using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Entities;
using OrchardCore.Indexing;
using OrchardCore.Indexing.Core;
using OrchardCore.Indexing.Core.Models;
using OrchardCore.Indexing.Models;
using OrchardCore.Modules;
using OrchardCore.Search.Abstractions;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.TextSearch;

/// <summary>Asks the index that the settings name, whoever provides it.</summary>
internal sealed class SiteTextIndex(
    ISiteService siteService,
    IIndexProfileStore profiles,
    IServiceProvider services,
    TextIndexFaults faults,
    ILogger<SiteTextIndex> logger) : ITextIndex
{
    private readonly Dictionary<string, IReadOnlyList<string>?> _found = [];

    public async Task<IReadOnlyList<string>?> SearchAsync(string text)
    {
        // A page is asked for twice: for its rows, and for how many there are.
        if (!_found.TryGetValue(text, out var found))
        {
            found = await AskAsync(text);
            _found.Add(text, found);
        }

        return found;
    }

    public async Task<IReadOnlyList<string>> ListAsync() =>
    [
        .. (await profiles.GetByTypeAsync(IndexingConstants.ContentsIndexSource))
            .Where(profile => HoldsTorrents(profile) && FindService(profile) is not null)
            .Select(profile => profile.Name)
            .Order(StringComparer.CurrentCultureIgnoreCase),
    ];

    private async Task<IReadOnlyList<string>?> AskAsync(string text)
    {
        if ((await siteService.GetSettingsAsync<TorrentSettings>()).SearchIndex is not { Length: > 0 } name)
        {
            return null;
        }

        try
        {
            return await AskAsync(name, text);
        }
        catch (Exception exception) when (!exception.IsFatal())
        {
            faults.Report(name, exception.Message, exception, logger);
            return null;
        }
    }

    private async Task<IReadOnlyList<string>?> AskAsync(string name, string text)
    {
        if (await profiles.FindByNameAsync(name) is not { } profile || !HoldsTorrents(profile))
        {
            faults.Report(name, "There is no index of this name that holds torrents.", null, logger);
            return null;
        }

        if (FindService(profile) is not { } search)
        {
            faults.Report(name, $"Nothing searches the indexes of '{profile.ProviderName}'; its feature may be off.", null, logger);
            return null;
        }

        var terms = TextIndexTerms.Of(text);
        if (terms.Length == 0)
        {
            return [];
        }

        var result = await search.SearchAsync(profile, terms, 0, ITextIndex.MostHits);
        if (!result.Success)
        {
            faults.Report(name, "It did not answer.", null, logger);
            return null;
        }

        return [.. (result.ContentItemIds ?? []).Distinct().Take(ITextIndex.MostHits)];
    }

    private static bool HoldsTorrents(IndexProfile profile) =>
        profile.Type == IndexingConstants.ContentsIndexSource
        && profile.TryGet<ContentIndexMetadata>(out var metadata)
        && (metadata.IndexedContentTypes ?? []).Contains(TorrentContent.Type);

    private ISearchService? FindService(IndexProfile profile) => services.GetKeyedService<ISearchService>(profile.ProviderName);
}
