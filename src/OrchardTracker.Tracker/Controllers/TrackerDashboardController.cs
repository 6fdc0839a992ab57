using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Statistics;
using OrchardTracker.Tracker.Users;
using YesSql;
using YesSql.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.Tracker.Controllers;

/// <summary>What the tracker does at the moment. For who may view its statistics.</summary>
[Admin("Tracker/Dashboard/{action}/{id?}", "TrackerDashboard.{action}")]
public sealed class TrackerDashboardController(
    SiteTracker tracker,
    IServiceProvider services,
    TorrentNames names,
    TrackerUsers users,
    ISession session,
    IAuthorizationService authorizationService) : Controller
{
    private const int MostPeers = 200;

    [Admin("Tracker", "TrackerDashboard")]
    public async Task<IActionResult> Index() => await IsPermittedAsync() ? View(await ReadAsync()) : Forbid();

    /// <summary>
    /// The part of the page that changes. The page asks for it every few seconds, each time in a request of its own: a
    /// connection that stayed open would hold its shell.
    /// </summary>
    public async Task<IActionResult> Live()
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        Response.Headers.CacheControl = "no-store";
        return PartialView("TrackerFigures", await ReadAsync());
    }

    /// <summary>The peers of a torrent; their addresses for who may view them.</summary>
    public async Task<IActionResult> Swarm(string id)
    {
        if (!await IsPermittedAsync())
        {
            return Forbid();
        }

        if (!InfoHash.TryParseHex(id, out var hash))
        {
            return NotFound();
        }

        var peers = tracker.GetPeers(hash, MostPeers);
        return View(new SwarmViewModel
        {
            Hash = hash,
            Name = (await names.FindAsync([hash])).GetValueOrDefault(hash),
            Counts = tracker.GetCounts(hash),
            Peers = peers,
            ShowsAddresses = await authorizationService.AuthorizeAsync(User, TrackerPermissions.ViewPeerAddresses),
            Users = await authorizationService.AuthorizeAsync(User, TrackerPermissions.ManageTracker) ? await FindUsersAsync(peers) : new Dictionary<int, (string, string)>(),
        });
    }

    private async Task<FiguresViewModel> ReadAsync()
    {
        var figures = ((TrackerFigures)services.GetService(typeof(TrackerFigures))!).Read(isDetailed: true);
        figures.Names = await names.FindAsync(figures.Survey!.Top.Select(swarm => swarm.Hash));
        return figures;
    }

    private async Task<Dictionary<int, (string Id, string Name)>> FindUsersAsync(IReadOnlyList<PeerView> peers)
    {
        Dictionary<string, int> numbers = [];
        foreach (var number in peers.Select(peer => peer.User).Where(number => number != 0).Distinct())
        {
            if (await users.FindUserIdAsync(number) is { } userId)
            {
                numbers[userId] = number;
            }
        }

        var ids = numbers.Keys.ToArray();
        var found = ids.Length == 0 ? [] : await session.Query<User, UserIndex>(index => index.UserId.IsIn(ids)).ListAsync();
        return found.ToDictionary(user => numbers[user.UserId], user => (user.UserId, user.UserName));
    }

    private Task<bool> IsPermittedAsync() => authorizationService.AuthorizeAsync(User, TrackerPermissions.ViewStatistics);
}
