using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace OrchardTracker.Torrents.Searching;

/// <summary>What a visitor of the list has chosen, as it stands in the address. Whatever makes no sense there is left out.</summary>
public sealed class TorrentListOptions
{
    private const int LongestText = 200;
    private const int MostDays = 36_500;

    public string Text { get; private init; } = "";

    /// <summary>The chosen terms by the key of their facet.</summary>
    public IReadOnlyDictionary<string, FacetTerm> Terms { get; private init; } = new Dictionary<string, FacetTerm>();

    public bool IsAlive { get; private init; }

    public bool IsFreeLeech { get; private init; }

    public SizeRange? Size { get; private init; }

    /// <summary>Not older than so many days.</summary>
    public int? Days { get; private init; }

    public TorrentOrder Order { get; private init; }

    public bool IsAscending { get; private init; }

    /// <summary>Whether any of the filters beside text and categories is in use.</summary>
    public bool IsNarrowed => IsAlive || IsFreeLeech || Size is not null || Days is not null;

    /// <summary>Whether all torrents are asked for.</summary>
    public bool IsEverything => Text.Length == 0 && Terms.Count == 0 && !IsNarrowed;

    public static TorrentListOptions Read(IQueryCollection query, IReadOnlyList<TorrentFacet> facets)
    {
        var text = query["q"].ToString().Trim();
        var order = Enum.TryParse<TorrentOrder>(query["sort"], ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : TorrentOrder.Date;
        return new TorrentListOptions
        {
            Text = text.Length > LongestText ? text[..LongestText] : text,
            Terms = facets
                .Select(facet => (facet.Key, Term: facet.Find(query[facet.Key])))
                .Where(pair => pair.Term is not null)
                .DistinctBy(pair => pair.Key)
                .ToDictionary(pair => pair.Key, pair => pair.Term!),
            IsAlive = query["alive"] == "1",
            IsFreeLeech = query["freeleech"] == "1",
            Size = SizeRange.TryParse(query["size"], out var size) ? size : null,
            Days = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays ? days : null,
            Order = order,
            IsAscending = query["dir"].ToString() switch
            {
                "asc" => true,
                "desc" => false,
                _ => order == TorrentOrder.Name,
            },
        };
    }

    public TorrentQuery ToQuery(DateTime now) => new()
    {
        Text = Text,
        Terms = [.. Terms.Values.Select(term => term.Ids)],
        IsAlive = IsAlive,
        IsFreeLeech = IsFreeLeech,
        MinSize = Size?.Least,
        MaxSize = Size?.Most,
        Since = Days is { } days ? new DateTimeOffset(now, TimeSpan.Zero).AddDays(-days) : null,
        Order = Order,
        IsAscending = IsAscending,
    };

    /// <summary>The address of the same choice in another order: the other way round when it is sorted by that already.</summary>
    public QueryString SortedBy(TorrentOrder order)
    {
        var isAscending = order == Order ? !IsAscending : order == TorrentOrder.Name;
        return Write(order, isAscending);
    }

    /// <summary>The address of this choice.</summary>
    public QueryString Write() => Write(Order, IsAscending);

    private QueryString Write(TorrentOrder order, bool isAscending)
    {
        var query = new QueryBuilder();
        Add(Text.Length > 0, "q", Text);
        foreach (var (key, term) in Terms)
        {
            query.Add(key, term.Name);
        }

        Add(IsAlive, "alive", "1");
        Add(IsFreeLeech, "freeleech", "1");
        Add(Size is not null, "size", Size?.ToString() ?? "");
        Add(Days is not null, "days", Days?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add(order != TorrentOrder.Date, "sort", order.ToString().ToLowerInvariant());
        Add(isAscending != (order == TorrentOrder.Name), "dir", isAscending ? "asc" : "desc");
        return query.ToQueryString();

        void Add(bool isUsed, string key, string value)
        {
            if (isUsed)
            {
                query.Add(key, value);
            }
        }
    }
}
