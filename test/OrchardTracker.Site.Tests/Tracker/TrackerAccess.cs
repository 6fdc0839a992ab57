using OrchardTracker.Site.Tests.Access;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Who may call what the Tracker module answers.</summary>
public sealed class TrackerAccess : IAccessRows
{
    public IEnumerable<string> RoutesBeforeRouting => ["GET announce", "GET scrape"];

    public IEnumerable<AccessRow> Rows =>
    [
        AccessRow.Open("GET announce", Announcer.Path(Announcer.NewHash(), 1001)),
        AccessRow.Open("GET scrape", $"scrape?info_hash={Announcer.NewHash()}"),

        // Each user sees his own.
        AccessRow.Get("GET TrackerAccountController.Index", "tracker/account", Answer.SignIn, Answer.Given, Answer.Given, Answer.Given),
        new("POST TrackerAccountController.Rotate", _ => new(HttpMethod.Post, "tracker/account/rotate"), Answer.SignIn, Answer.Given, Answer.Given, Answer.Given),
        AccessRow.Get("GET TrackerAccountController.Export", "tracker/account/export", Answer.SignIn, Answer.Given, Answer.Given, Answer.Given),

        AccessRow.Admin("ANY TrackerDashboardController.Index", "Admin/Tracker"),
        AccessRow.Admin("ANY TrackerDashboardController.Live", "Admin/Tracker/Dashboard/Live"),
        AccessRow.Admin("ANY TrackerDashboardController.Swarm", $"Admin/Tracker/Dashboard/Swarm/{new string('a', 40)}"),
        AccessRow.Admin("ANY TrackerCheckController.Index", "Admin/Tracker/Check"),
        AccessRow.Admin("ANY TrackerUsersController.Index", "Admin/Tracker/Users"),
        new("ANY TrackerUsersController.Display", context => new(HttpMethod.Get, $"Admin/Tracker/Users/Display/{context.UserId}"), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given),
        new("POST TrackerUsersController.Revoke", context => new(HttpMethod.Post, $"Admin/Tracker/Users/Revoke/{context.UserId}"), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given),
        AccessRow.Admin("ANY TrackerTorrentsController.Index", "Admin/Tracker/Torrents"),
        AccessRow.Admin("ANY TrackerTorrentsController.Blocked", "Admin/Tracker/Torrents/Blocked"),
        AccessRow.Admin("ANY TrackerTorrentsController.Add", "Admin/Tracker/Torrents/Add"),
        AdminPost("POST TrackerTorrentsController.Add", "Admin/Tracker/Torrents/Add"),
        AdminPost("POST TrackerTorrentsController.Bulk", "Admin/Tracker/Torrents/Bulk"),
        AccessRow.Admin("ANY TrackerBansController.Index", "Admin/Tracker/Bans"),
        AccessRow.Admin("ANY TrackerBansController.Add", "Admin/Tracker/Bans/Add"),
        AdminPost("POST TrackerBansController.Add", "Admin/Tracker/Bans/Add"),
        AdminPost("POST TrackerBansController.Remove", "Admin/Tracker/Bans/Remove"),
    ];

    private static AccessRow AdminPost(string route, string path) =>
        new(route, _ => new(HttpMethod.Post, path), Answer.SignIn, Answer.Forbidden, Answer.Forbidden, Answer.Given);
}
