using OrchardCore.ContentManagement;

namespace OrchardTracker.Torrents.Searching;

/// <summary>The taxonomies by which torrents are filed. Scoped.</summary>
public interface ITorrentFacets
{
    /// <summary>None where the site has no taxonomies, or the content type no field for them.</summary>
    Task<IReadOnlyList<TorrentFacet>> GetAsync();

    /// <summary>The terms that a torrent has of a taxonomy.</summary>
    IReadOnlyList<FacetTerm> TermsOf(ContentItem item, TorrentFacet facet);
}
