using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace OrchardTracker.Torrents.Searching;

/// <summary>What a moderator has chosen, as it stands in the address.</summary>
public sealed record AdminListOptions(string Text, TorrentVisibility Visibility, TorrentOrder Order, bool IsAscending)
{
    public static AdminListOptions Read(IQueryCollection query)
    {
        var order = Enum.TryParse<TorrentOrder>(query["sort"], ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : TorrentOrder.Date;
        return new AdminListOptions(
            query["q"].ToString().Trim(),
            query["show"].ToString() switch
            {
                "published" => TorrentVisibility.Published,
                "waiting" => TorrentVisibility.Unpublished,
                _ => TorrentVisibility.All,
            },
            order,
            query["dir"] == "asc" || (order == TorrentOrder.Name && query["dir"] != "desc"));
    }

    public TorrentQuery ToQuery() => new() { Text = Text, Visibility = Visibility, Order = Order, IsAscending = IsAscending };

    /// <summary>The address of this choice.</summary>
    public QueryString Write()
    {
        var query = new QueryBuilder();
        if (Text.Length > 0)
        {
            query.Add("q", Text);
        }

        if (NameOf(Visibility) is { } show)
        {
            query.Add("show", show);
        }

        if (Order != TorrentOrder.Date)
        {
            query.Add("sort", Order.ToString().ToLowerInvariant());
        }

        if (IsAscending != (Order == TorrentOrder.Name))
        {
            query.Add("dir", IsAscending ? "asc" : "desc");
        }

        return query.ToQueryString();
    }

    public static string? NameOf(TorrentVisibility visibility) => visibility switch
    {
        TorrentVisibility.Published => "published",
        TorrentVisibility.Unpublished => "waiting",
        _ => null,
    };
}
