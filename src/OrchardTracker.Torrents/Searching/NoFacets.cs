using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Searching;

/// <summary>Stands in where the site has no taxonomies.</summary>
internal sealed class NoFacets : ITorrentFacets
{
    public Task<IReadOnlyList<TorrentFacet>> GetAsync() => Task.FromResult<IReadOnlyList<TorrentFacet>>([]);

    public IReadOnlyList<FacetTerm> TermsOf(ContentItem item, TorrentFacet facet) => [];
}
