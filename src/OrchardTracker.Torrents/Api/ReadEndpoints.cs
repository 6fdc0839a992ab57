using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrchardCore.ContentManagement;
using OrchardCore.Contents;
using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Api.Models;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.Statistics;

namespace OrchardTracker.Torrents.Api;

/// <summary>What the API tells: to whoever may view torrents, as the pages do.</summary>
internal static class ReadEndpoints
{
    private const int UsualTake = 25;
    private const int MostTake = 100;
    private const int MostFiles = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("", ListAsync).WithName("ListTorrents").WithSummary("Lists and searches torrents.").Produces<ApiTorrentPage>().WithProblems(400, 401, 403);
        api.MapGet("taxonomies", TaxonomiesAsync).WithName("ListTorrentTaxonomies").WithSummary("The taxonomies that torrents are filed by.").Produces<List<ApiTaxonomy>>().WithProblems(401, 403);
        api.MapGet("statistics", StatisticsAsync).WithName("GetTorrentStatistics").WithSummary("Totals, course and clients.").Produces<ApiStatistics>().WithProblems(401, 403);
        api.MapGet("counts", CountsAsync).WithName("GetTorrentCounts").WithSummary("Seeders and leechers of some torrents, as of now.").Produces<List<ApiCounts>>().WithProblems(400, 401, 403);
        api.MapGet("{infoHash}", GetAsync).WithName("GetTorrent").WithSummary("One torrent.").Produces<ApiTorrentDetails>().WithProblems(401, 403, 404);
        api.MapGet("{infoHash}/files", FilesAsync).WithName("ListTorrentFiles").WithSummary("The files of a torrent.").Produces<ApiFilePage>().WithProblems(400, 401, 403, 404);
    }

    // The parameters that are not used by their names are read with those that a site's taxonomies add; they stand here
    // for the OpenAPI document.
    private static async Task<IResult> ListAsync(
        HttpContext context,
        IAuthorizationService authorization,
        TorrentLister lister,
        ITorrentFacets facets,
        ApiTorrents torrents,
        IClock clock,
        [Description("Words in titles and file names.")] string? q,
        [Description("date, name, size, seeders, leechers or completed.")] string? sort,
        [Description("asc or desc.")] string? dir,
        [Description("1: only with seeders.")] string? alive,
        [Description("1: only free leech.")] string? freeleech,
        [Description("From-to in bytes, as 100M-1G, -100M or 10G-.")] string? size,
        [Description("Not older than so many days.")] string? days,
        [Description("waiting: what waits for a moderator, to whom alone it is told. mine: the caller's own, also what waits. Without it: what visitors see.")] string? show,
        [Description("How many, at most 100.")] string? take,
        [Description("'next' of the page before.")] string? after)
    {
        if (!await authorization.AuthorizeContentTypeAsync(context.User, CommonPermissions.ViewContent, TorrentContent.Type))
        {
            return ApiProblem.NotAllowed(context);
        }

        var options = TorrentListOptions.Read(context.Request.Query, await facets.GetAsync());
        var (query, problem) = await SelectAsync(context, authorization, options.ToQuery(clock.UtcNow), show);
        if (query is null)
        {
            return problem!;
        }

        if (!TryReadTake(take, UsualTake, MostTake, out var count))
        {
            return ApiProblem.Bad("'take' is a number from 1 to 100.");
        }

        TorrentCursor? cursor = null;
        if (after is not null && (!TorrentCursor.TryParse(after, out cursor) || cursor.Order != options.Order || cursor.IsAscending != options.IsAscending))
        {
            return ApiProblem.Bad("'after' is not the 'next' of a page in this order.");
        }

        var rows = await lister.ListAsync(query, count, after: cursor);
        var page = new List<ApiTorrent>(rows.Count);
        foreach (var row in rows)
        {
            page.Add(await torrents.DescribeAsync(row.ContentItem, row.Counts));
        }

        return TypedResults.Ok(new ApiTorrentPage(page, rows.Count == count ? rows[^1].Hit.Cursor.ToString() : null));
    }

    /// <summary>Says which torrents are looked at, as far as the caller may.</summary>
    private static async Task<(TorrentQuery? Query, IResult? Problem)> SelectAsync(
        HttpContext context, IAuthorizationService authorization, TorrentQuery query, string? show)
    {
        switch (show)
        {
            case null or "":
                return (query, null);
            case "waiting":
                return context.User.Identity?.IsAuthenticated == true && await authorization.AuthorizeAsync(context.User, TorrentPermissions.ModerateTorrents)
                    ? (query with { Visibility = TorrentVisibility.Unpublished }, null)
                    : (null, ApiProblem.NotAllowed(context));
            case "mine":
                return TorrentOwner.IdOf(context.User) is { Length: > 0 } id
                    ? (query with { Visibility = TorrentVisibility.All, OwnerId = id }, null)
                    : (null, ApiProblem.NotAllowed(context));
            default:
                return (null, ApiProblem.Bad("'show' is waiting or mine."));
        }
    }

    private static async Task<IResult> TaxonomiesAsync(HttpContext context, IAuthorizationService authorization, ITorrentFacets facets) =>
        await authorization.AuthorizeContentTypeAsync(context.User, CommonPermissions.ViewContent, TorrentContent.Type)
            ? TypedResults.Ok((await facets.GetAsync()).Select(facet => new ApiTaxonomy(facet.Key, facet.Name, [.. facet.Terms.Select(term => term.Name)])).ToList())
            : ApiProblem.NotAllowed(context);

    private static async Task<IResult> StatisticsAsync(HttpContext context, IAuthorizationService authorization, StatisticsReader reader)
    {
        if (!await authorization.AuthorizeAsync(context.User, TorrentPermissions.ViewTorrentStatistics))
        {
            return ApiProblem.NotAllowed(context);
        }

        var known = await reader.ReadAsync();
        return TypedResults.Ok(new ApiStatistics(known.Totals, known.Swarms, known.Peers, known.Days, known.Clients));
    }

    private static async Task<IResult> CountsAsync(
        HttpContext context,
        IAuthorizationService authorization,
        TorrentBoard board,
        [Description("Info-hashes, parted by commas; at most 100.")] string? h)
    {
        if (!await authorization.AuthorizeContentTypeAsync(context.User, CommonPermissions.ViewContent, TorrentContent.Type))
        {
            return ApiProblem.NotAllowed(context);
        }

        var hashes = (h ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (hashes.Length is 0 or > MostTake || !Array.TrueForAll(hashes, hash => ApiHash.TryRead(hash, out _)))
        {
            return ApiProblem.Bad("'h' takes from 1 to 100 info-hashes, parted by commas.");
        }

        var counts = new List<ApiCounts>();
        foreach (var text in hashes)
        {
            if (ApiHash.TryRead(text, out var hash) && InfoHash.TryParseHex(hash, out var infoHash) && board.TryGet(infoHash, out var now))
            {
                counts.Add(new ApiCounts(hash, now.Seeders, now.Leechers, now.Completed));
            }
        }

        return TypedResults.Ok(counts);
    }

    private static async Task<IResult> GetAsync(HttpContext context, string infoHash, VisibleTorrents visible, ApiTorrents torrents)
    {
        var (item, problem) = await FindAsync(context, infoHash, visible);
        return problem ?? TypedResults.Ok(await torrents.DescribeAllAsync(item!, context.User));
    }

    private static async Task<IResult> FilesAsync(
        HttpContext context,
        string infoHash,
        VisibleTorrents visible,
        ITorrentStore store,
        [Description("How many, at most 1000.")] string? take,
        [Description("'next' of the page before.")] string? after)
    {
        var (item, problem) = await FindAsync(context, infoHash, visible);
        if (problem is not null)
        {
            return problem;
        }

        if (!TryReadTake(take, MostFiles, MostFiles, out var count) || !TryReadTake(after ?? "0", 0, int.MaxValue, out var skip, least: 0))
        {
            return ApiProblem.Bad("'take' is a number from 1 to 1000, 'after' the 'next' of the page before.");
        }

        if (item!.GetOrCreate<TorrentPart>().GetHashes() is not var (hash, _) || await store.FindAsync(hash) is not { } metainfo)
        {
            return ApiProblem.NoTorrent();
        }

        var files = metainfo.Files.Where(file => !file.IsPadding).ToList();
        var page = files.Skip(skip).Take(count).Select(file => new ApiFile(file.FullPath, file.Length)).ToList();
        var next = skip + page.Count;
        return TypedResults.Ok(new ApiFilePage(page, files.Count, next < files.Count ? next.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<(ContentItem? Item, IResult? Problem)> FindAsync(HttpContext context, string infoHash, VisibleTorrents visible)
    {
        if (!ApiHash.TryRead(infoHash, out var hash))
        {
            return (null, ApiProblem.NoTorrent());
        }

        var (item, isForbidden) = await visible.FindAsync(context.User, hash);
        return item is not null ? (item, null) : (null, isForbidden ? ApiProblem.NotAllowed(context) : ApiProblem.NoTorrent());
    }

    private static bool TryReadTake(string? text, int usual, int most, out int value, int least = 1)
    {
        value = usual;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most);
    }
}
