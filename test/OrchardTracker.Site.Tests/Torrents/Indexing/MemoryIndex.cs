using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Indexing;
using OrchardCore.Indexing.Core;
using OrchardCore.Indexing.Models;
using OrchardCore.Search;
using OrchardCore.Search.Abstractions;

namespace OrchardTracker.Site.Tests.Torrents.Indexing;

/// <summary>
/// A small search index in memory, which a site has as it has Lucene: Orchard Core's own pipeline fills it with the documents
/// of content items, its search finds those that have all words in their full text.
/// </summary>
internal sealed partial class MemoryIndex : IIndexManager, IDocumentIndexManager, IIndexNameProvider, ISearchService
{
    public const string Provider = "Memory";

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, HashSet<string>>> _indexes = [];
    private readonly ConcurrentDictionary<string, long> _lastTasks = [];
    private readonly ConcurrentQueue<string> _asked = [];

    public string Name => Provider;

    /// <summary>What a search throws.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The terms that were searched for.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Makes it an index provider of a site's tenants.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddIndexingSource<MemoryIndex, MemoryIndex, MemoryIndex>(Provider, IndexingConstants.ContentsIndexSource);
        services.AddSearchService<MemoryIndex>(Provider);
    }

    public Task<SearchResult> SearchAsync(IndexProfile index, string term, int start, int size)
    {
        _asked.Enqueue(term);
        if (Fault is not null)
        {
            throw Fault;
        }

        var words = WordsOf(term);
        return Task.FromResult(new SearchResult
        {
            ContentItemIds = [.. _indexes[index.IndexFullName].Where(document => words.IsSubsetOf(document.Value)).Select(document => document.Key).Skip(start).Take(size)],
            Success = true,
        });
    }

    public Task<bool> AddOrUpdateDocumentsAsync(IndexProfile indexProfile, IEnumerable<DocumentIndex> documents)
    {
        foreach (var document in documents)
        {
            var text = document.Entries.Where(entry => entry.Name == "Content.ContentItem.FullText").Select(entry => TextOf(entry.Value));
            _indexes[indexProfile.IndexFullName][document.Id] = WordsOf(string.Join(' ', text));
        }

        return Task.FromResult(true);
    }

    public Task<bool> DeleteDocumentsAsync(IndexProfile indexProfile, IEnumerable<string> documentIds)
    {
        foreach (var id in documentIds)
        {
            _indexes[indexProfile.IndexFullName].TryRemove(id, out _);
        }

        return Task.FromResult(true);
    }

    public Task<bool> DeleteAllDocumentsAsync(IndexProfile indexProfile) => RebuildAsync(indexProfile);

    public Task<long> GetLastTaskIdAsync(IndexProfile indexProfile) => Task.FromResult(_lastTasks.GetValueOrDefault(indexProfile.IndexFullName));

    public Task SetLastTaskIdAsync(IndexProfile indexProfile, long lastTaskId)
    {
        _lastTasks[indexProfile.IndexFullName] = lastTaskId;
        return Task.CompletedTask;
    }

    public IContentIndexSettings GetContentIndexSettings() => new MemoryIndexSettings();

    public Task<bool> CreateAsync(IndexProfile indexProfile) => Task.FromResult(_indexes.TryAdd(indexProfile.IndexFullName, []));

    public Task<bool> RebuildAsync(IndexProfile indexProfile)
    {
        _indexes[indexProfile.IndexFullName] = [];
        return Task.FromResult(true);
    }

    public Task<bool> DeleteAsync(IndexProfile indexProfile) => Task.FromResult(_indexes.TryRemove(indexProfile.IndexFullName, out _));

    public Task<bool> ExistsAsync(string indexFullName) => Task.FromResult(_indexes.ContainsKey(indexFullName));

    public string GetFullIndexName(string name) => "memory-" + name;

    private static string TextOf(object value)
    {
        if (value is not IHtmlContent html)
        {
            return value?.ToString() ?? "";
        }

        using var writer = new StringWriter();
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return writer.ToString();
    }

    private static HashSet<string> WordsOf(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
