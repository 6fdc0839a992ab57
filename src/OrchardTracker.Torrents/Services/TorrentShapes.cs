using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Services;

/// <summary>Makes the shapes that several pages and widgets share.</summary>
public sealed class TorrentShapes(IShapeFactory shapeFactory, ITorrentFacets facets)
{
    /// <summary>A table of torrents. A theme may have one for each place, as <c>TorrentTable__Widget</c>.</summary>
    /// <param name="place">Where it stands.</param>
    public async Task<IShape> TableAsync(IReadOnlyList<TorrentRow> rows, string place, TorrentListOptions? options = null)
    {
        var known = await facets.GetAsync();
        var shape = await shapeFactory.CreateAsync<TorrentTableViewModel>("TorrentTable", model =>
        {
            model.Rows = rows;
            model.Facets = known;
            model.Options = options;
        });
        return shape.At(place);
    }

    /// <summary>The search form. A theme may have one for each chosen term, as <c>TorrentFilters__Category__Music</c>.</summary>
    public async Task<IShape> FiltersAsync(TorrentListOptions options)
    {
        var known = await facets.GetAsync();
        var shape = await shapeFactory.CreateAsync<TorrentFiltersViewModel>("TorrentFilters", model =>
        {
            model.Options = options;
            model.Facets = known;
        });
        foreach (var facet in known)
        {
            if (options.Terms.TryGetValue(facet.Key, out var term))
            {
                shape.At(PlaceOf(facet, term));
            }
        }

        return shape;
    }

    /// <summary>A row of a table. A theme may have one for each term, as <c>TorrentTableRow__Category__Music</c>.</summary>
    public async Task<IShape> RowAsync(TorrentRow row)
    {
        var terms = (await facets.GetAsync())
            .SelectMany(facet => facets.TermsOf(row.ContentItem, facet).Select(term => (facet, term)))
            .ToList();
        var shape = await shapeFactory.CreateAsync<TorrentTableRowViewModel>("TorrentTableRow", model =>
        {
            model.Row = row;
            model.Terms = terms;
        });
        foreach (var (facet, term) in terms)
        {
            shape.At(PlaceOf(facet, term));
        }

        return shape;
    }

    private static string PlaceOf(TorrentFacet facet, FacetTerm term) => $"{facet.Field}__{string.Concat(term.Name.Where(char.IsLetterOrDigit))}";
}
