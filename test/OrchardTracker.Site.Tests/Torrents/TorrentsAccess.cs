using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Access;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Torrents.Moderation;
using OrchardTracker.Torrents.Uploading;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Who may call what the Torrents module answers.</summary>
public sealed class TorrentsAccess : IAccessRows
{
    private const string Published = nameof(TorrentsAccess) + ".Published";
    private const string Seen = nameof(TorrentsAccess) + ".Seen";
    private const string Saved = nameof(TorrentsAccess) + ".Saved";
    private const string SavedInAdmin = nameof(TorrentsAccess) + ".SavedInAdmin";
    private const string TakenDown = "00112233445566778899aabbccddeeff00112233";

    public IEnumerable<string> RoutesBeforeRouting => ["GET torrents/live"];

    public IEnumerable<AccessRow> Rows =>
    [
        AccessRow.Open("GET TorrentController.Index", "torrents"),
        new(
            "GET TorrentController.Download",
            context => new HttpRequestMessage(HttpMethod.Get, $"torrents/{context.Values[Published]}.torrent"),
            Answer.Given,
            Answer.Given,
            Answer.Given,
            Answer.Given),
        new(
            "GET torrents/live",
            context => new HttpRequestMessage(HttpMethod.Get, $"torrents/live?h={context.Values[Published]}"),
            Answer.Given,
            Answer.Given,
            Answer.Given,
            Answer.Given),
        Of("GET TorrentController.QrCode", "qr.svg"),
        Of("GET TorrentController.Files", "files"),
        new(
            "POST TorrentController.AddWebSeed",
            context => new HttpRequestMessage(HttpMethod.Post, $"torrents/{context.Values[Published]}/webseeds")
            {
                Content = new FormUrlEncodedContent([new("url", "https://example.org/files/")]),
            },
            Answer.SignIn,
            Answer.Forbidden,
            Answer.Forbidden,
            Answer.Given),
        AccessRow.Admin("GET UploadController.Index", "torrents/upload"),
        AdminPost("POST UploadController.Take", _ => "torrents/upload"),
        OfAdministrator("GET UploadController.Review", HttpMethod.Get, context => $"torrents/upload/{context.Values[Seen]}"),
        OfAdministrator("GET UploadController.Changed", HttpMethod.Get, context => $"torrents/upload/{context.Values[Seen]}/0.torrent"),
        OfAdministrator("POST UploadController.Save", HttpMethod.Post, context => $"torrents/upload/{context.Values[Saved]}"),
        AccessRow.Admin("GET AdminUploadController.Index", "Admin/Torrents/Upload"),
        AdminPost("POST AdminUploadController.Take", _ => "Admin/Torrents/Upload/Take"),
        OfAdministrator("GET AdminUploadController.Review", HttpMethod.Get, context => $"Admin/Torrents/Upload/Review/{context.Values[Seen]}"),
        OfAdministrator("POST AdminUploadController.Save", HttpMethod.Post, context => $"Admin/Torrents/Upload/Save/{context.Values[SavedInAdmin]}"),
        AccessRow.Admin("GET AdminController.Index", "Admin/Torrents/Index"),
        AccessRow.Admin("GET AdminTrackersController.Index", "Admin/Torrents/Trackers"),
        AccessRow.Admin("GET AdminController.TakenDown", "Admin/Torrents/TakenDown"),
        AdminPost("POST AdminController.Bulk", _ => "Admin/Torrents/Bulk"),
        AdminPost("POST AdminMergeController.Merge", context => $"Admin/Torrents/Merge/{context.Values[Published]}"),
        AccessRow.Open("GET StatisticsController.Index", "torrents/statistics"),
        AccessRow.Open("GET FeedController.Index", "torrents/feed.rss"),
        AccessRow.Open("GET api/torrents/", "api/torrents"),
        AccessRow.Open("GET api/torrents/taxonomies", "api/torrents/taxonomies"),
        AccessRow.Open("GET api/torrents/statistics", "api/torrents/statistics"),
        new("GET api/torrents/counts", context => new HttpRequestMessage(HttpMethod.Get, $"api/torrents/counts?h={context.Values[Published]}"), Answer.Given, Answer.Given, Answer.Given, Answer.Given),
        new("GET api/torrents/{infoHash}", context => new HttpRequestMessage(HttpMethod.Get, $"api/torrents/{context.Values[Published]}"), Answer.Given, Answer.Given, Answer.Given, Answer.Given),
        new("GET api/torrents/{infoHash}/files", context => new HttpRequestMessage(HttpMethod.Get, $"api/torrents/{context.Values[Published]}/files"), Answer.Given, Answer.Given, Answer.Given, Answer.Given),

        // Sessions do not count here, only tokens; with those see ApiTests.
        TokenOnly("POST api/torrents/", HttpMethod.Post, ""),
        TokenOnly("PATCH api/torrents/{infoHash}", HttpMethod.Patch, "/{0}"),
        TokenOnly("DELETE api/torrents/{infoHash}", HttpMethod.Delete, "/{0}"),
        TokenOnly("POST api/torrents/{infoHash}/moderation", HttpMethod.Post, "/{0}/moderation"),
        AdminPost("POST AdminController.Lift", _ => "Admin/Torrents/Lift", KeyValuePair.Create("infoHash", TakenDown)),
    ];

    private static AccessRow AdminPost(string route, Func<AccessContext, string> path, params IEnumerable<KeyValuePair<string, string>> fields) => new(
        route,
        context => new HttpRequestMessage(HttpMethod.Post, path(context)) { Content = new FormUrlEncodedContent(fields) },
        Answer.SignIn,
        Answer.Forbidden,
        Answer.Forbidden,
        Answer.Given);

    private static AccessRow TokenOnly(string route, HttpMethod method, string path) => new(
        route,
        context => new HttpRequestMessage(method, "api/torrents" + string.Format(System.Globalization.CultureInfo.InvariantCulture, path, context.Values[Published])),
        Answer.SignIn,
        Answer.SignIn,
        Answer.SignIn,
        Answer.SignIn);

    /// <summary>A row for an upload of the administrator's: nobody else sees it.</summary>
    private static AccessRow OfAdministrator(string route, HttpMethod method, Func<AccessContext, string> path) => new(
        route,
        context => new HttpRequestMessage(method, path(context)) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null },
        Answer.SignIn,
        Answer.Forbidden,
        Answer.Forbidden,
        Answer.Given);

    private static AccessRow Of(string route, string page) => new(
        route,
        context => new HttpRequestMessage(HttpMethod.Get, $"torrents/{context.Values[Published]}/{page}"),
        Answer.Given,
        Answer.Given,
        Answer.Given,
        Answer.Given);

    public Task PrepareAsync(AccessContext context) => context.Site.InTenantAsync(async services =>
    {
        var torrent = await SampleTorrent.CreateAsync("Access");
        await services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails { OwnerId = context.UserId });
        context.Values[Published] = torrent.TrackerHashes[0].ToString();

        var users = services.GetRequiredService<IUserService>();
        var administrator = ((User)(await users.GetUserAsync(TestSite.AdminName))!).UserId;
        var pending = services.GetRequiredService<PendingUploads>();
        foreach (var batch in new[] { Seen, Saved, SavedInAdmin })
        {
            context.Values[batch] = await pending.AddAsync(administrator, [("x.torrent", torrent.Bytes.ToArray())]);
        }

        InfoHash.TryParseHex(TakenDown, out var hash);
        await services.GetRequiredService<Takedowns>().AddAsync(hash, null, "Taken down", "A reason", null);
    });
}
