using System.Text.Json.Nodes;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.Taxonomies.Models;

namespace OrchardTracker.Torrents.Searching;

/// <summary>Reads the taxonomies from the definition of the content type: what a site's builder adds there is a filter.</summary>
internal sealed class TaxonomyFacets(IContentDefinitionManager contentDefinitions, IContentManager contentManager) : ITorrentFacets
{
    private IReadOnlyList<TorrentFacet>? _facets;

    public async Task<IReadOnlyList<TorrentFacet>> GetAsync() => _facets ??= await ReadAsync();

    public IReadOnlyList<FacetTerm> TermsOf(ContentItem item, TorrentFacet facet)
    {
        JsonObject content = item.Content;
        return content[facet.Part]?[facet.Field]?["TermContentItemIds"] is JsonArray ids
            ? [.. ids.Select(id => facet.Terms.FirstOrDefault(term => term.Id == id?.GetValue<string>())).OfType<FacetTerm>()]
            : [];
    }

    private async Task<IReadOnlyList<TorrentFacet>> ReadAsync()
    {
        var facets = new List<TorrentFacet>();
        var type = await contentDefinitions.GetTypeDefinitionAsync(TorrentContent.Type);
        foreach (var part in type?.Parts ?? [])
        {
            foreach (var field in part.PartDefinition.Fields.Where(field => field.FieldDefinition.Name == "TaxonomyField"))
            {
                if (await ReadAsync(part, field) is { } facet)
                {
                    facets.Add(facet);
                }
            }
        }

        return facets;
    }

    private async Task<TorrentFacet?> ReadAsync(ContentTypePartDefinition part, ContentPartFieldDefinition field)
    {
        var id = field.Settings["TaxonomyFieldSettings"]?["TaxonomyContentItemId"]?.GetValue<string>();
        if (id is null || await contentManager.GetAsync(id) is not { } taxonomy || !taxonomy.TryGet<TaxonomyPart>(out var terms))
        {
            return null;
        }

        var all = new List<FacetTerm>();
        terms.Terms.ForEach(term => Collect(term, 0, all));
        return new TorrentFacet(field.Name.ToLowerInvariant(), id, part.Name, field.Name, field.DisplayName(), field.Editor() == "Tags", all);
    }

    private static List<string> Collect(ContentItem term, int depth, List<FacetTerm> all)
    {
        var ids = new List<string> { term.ContentItemId };
        all.Add(new FacetTerm(term.ContentItemId, term.DisplayText ?? "", depth, ids));
        JsonObject content = term.Content;
        foreach (var below in (content["Terms"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (below.ToObject<ContentItem>() is { } child)
            {
                ids.AddRange(Collect(child, depth + 1, all));
            }
        }

        return ids;
    }
}
