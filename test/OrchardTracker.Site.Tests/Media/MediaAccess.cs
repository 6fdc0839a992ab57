using System.Security.Cryptography;
using OrchardTracker.Site.Tests.Access;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Who may call what the MediaTorrent module answers.</summary>
public sealed class MediaAccess : IAccessRows
{
    private const string Visible = "matrix-media.bin";
    private const string Hidden = "matrix-hidden.bin";

    public IEnumerable<AccessRow> Rows =>
    [
        AccessRow.Admin("ANY MediaTorrentsController.Index", "Admin/MediaTorrents"),
        new("POST MediaTorrentsController.Index", _ => Post("Admin/MediaTorrents"), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given),
        new("POST MediaBadgesController.Badges", _ => Post("Admin/MediaTorrents/Badges"), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given),
        new("POST MediaBadgesController.Decide", _ => Post("Admin/MediaTorrents/Decide", ("bulkAction", "Remake"), ("path", Visible)), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given),
        AdminGet("GET MediaTorrentsController.Original", context => $"Admin/MediaTorrents/{context.Values[Hidden]}/Original"),
        OpenGet("GET MediaTorrentController.Show", context => $"media-torrents/{context.Values[Hidden]}"),
        OpenGet("GET MediaTorrentController.Download", context => $"media-torrents/{context.Values[Hidden]}.torrent"),
        OpenGet("GET,HEAD MediaTorrentController.Seed", context => $"media-torrents/seed/{context.Values[Visible]}/-/{Visible}"),
    ];

    public async Task PrepareAsync(AccessContext context)
    {
        foreach (var path in (string[])[Visible, Hidden])
        {
            await context.Site.WriteAsync(path, RandomNumberGenerator.GetBytes(5_000));
        }

        context.Values[Visible] = (await context.Site.WaitForTorrentAsync(Visible)).InfoHash!;
        context.Values[Hidden] = (await context.Site.WaitForTorrentAsync(Hidden)).EntryId;
        await context.Site.HideAsync(Hidden);
    }

    private static AccessRow AdminGet(string route, Func<AccessContext, string> path) =>
        new(route, context => new HttpRequestMessage(HttpMethod.Get, path(context)), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given);

    private static AccessRow OpenGet(string route, Func<AccessContext, string> path) =>
        new(route, context => new HttpRequestMessage(HttpMethod.Get, path(context)), Answer.Given, Answer.Given, Answer.Given, Answer.Given);

    private static HttpRequestMessage Post(string path, params (string Name, string Value)[] fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value)) };
}
