namespace OrchardTracker.Torrents.TextSearch;

/// <summary>A search index of the site that knows its torrents. Scoped.</summary>
public interface ITextIndex
{
    /// <summary>Of one search, the best ones first. Each is a parameter of a query, of which databases take about two thousand.</summary>
    const int MostHits = 1_000;

    /// <summary>Searches for what somebody typed.</summary>
    /// <returns>
    /// The ids of content items, at most <see cref="MostHits"/>; null where the site has chosen no index or the index cannot
    /// be asked: the module's own words have to do then.
    /// </returns>
    Task<IReadOnlyList<string>?> SearchAsync(string text);

    /// <summary>The names of the indexes that may be chosen.</summary>
    Task<IReadOnlyList<string>> ListAsync();
}
