namespace OrchardTracker.Torrents.Searching;

/// <summary>A taxonomy by which torrents are filed: a taxonomy field of their content type.</summary>
/// <param name="Key">Names the filter in addresses: the name of the field in lower case.</param>
/// <param name="TaxonomyId">The id of the content item that is the taxonomy.</param>
/// <param name="Part">The name of the part that has the field.</param>
/// <param name="Field">The name of the field.</param>
/// <param name="Name">For people.</param>
/// <param name="IsTags">Whether it is edited as tags: many loose terms.</param>
/// <param name="Terms">In order, each after the one that it is below of.</param>
public sealed record TorrentFacet(string Key, string TaxonomyId, string Part, string Field, string Name, bool IsTags, IReadOnlyList<FacetTerm> Terms)
{
    /// <summary>Finds a term by its id or its name.</summary>
    public FacetTerm? Find(string? text) => string.IsNullOrEmpty(text)
        ? null
        : Terms.FirstOrDefault(term => term.Id == text) ?? Terms.FirstOrDefault(term => term.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
}
