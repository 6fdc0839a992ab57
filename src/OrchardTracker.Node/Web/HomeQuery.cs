using System.Globalization;

namespace OrchardTracker.Node;

/// <summary>What a visitor wants to see: a part of a name, an order, a page.</summary>
public sealed record HomeQuery(string Text, HomeOrder Order, int Page)
{
    private const int LongestText = 200;

    /// <summary>Takes what it can from a query; whatever makes no sense is left out.</summary>
    public static HomeQuery Read(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        return new HomeQuery(
            text.Length > LongestText ? text[..LongestText] : text,
            Enum.TryParse<HomeOrder>(query["sort"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : HomeOrder.Name,
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1);
    }

    /// <summary>A link to the same page, otherwise seen.</summary>
    public string Link(HomeOrder? order = null, int page = 1)
    {
        List<string> parts = [];
        if (Text.Length > 0)
        {
            parts.Add($"q={Uri.EscapeDataString(Text)}");
        }

        if ((order ?? Order) is var sort and not HomeOrder.Name)
        {
            parts.Add($"sort={sort.ToString().ToLowerInvariant()}");
        }

        if (page > 1)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        }

        return "?" + string.Join('&', parts);
    }
}
