using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Charts;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Details;
using OrchardTracker.Torrents.Foreign;
using OrchardTracker.Torrents.Models;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Drivers;

/// <summary>Shows a torrent, in shapes that a theme may override or move one by one.</summary>
public sealed class TorrentPartDisplayDriver(
    ServedTorrents served,
    TorrentBoard board,
    TorrentCourse course,
    UploaderNames uploaders,
    PeerLister peers,
    ForeignTrackers foreign,
    TorrentHead head,
    IAuthorizationService authorization,
    IHttpContextAccessor httpContextAccessor,
    IStringLocalizer<TorrentPartDisplayDriver> S)
    : ContentPartDisplayDriver<TorrentPart>
{
    private const int ChartDays = 30;
    private const string Detail = OrchardCoreConstants.DisplayType.Detail;

    public override async Task<IDisplayResult?> DisplayAsync(TorrentPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != Detail)
        {
            return Combine(
                Initialize<TorrentPartViewModel>("TorrentPart_Summary", model => Fill(model, part))
                    .Location(OrchardCoreConstants.DisplayType.Summary, "Content:1"),
                Initialize<TorrentPartViewModel>("TorrentPart_SummaryAdmin", model => Fill(model, part))
                    .Location(OrchardCoreConstants.DisplayType.SummaryAdmin, "Meta:30"));
        }

        var torrent = await served.FindAsync(part);
        var days = await course.OfTorrentAsync(part, ChartDays);
        var others = await FindOthersAsync(part);
        await head.DescribeAsync(part, torrent);
        return Combine(
            Initialize<TorrentPartViewModel>(GetDisplayShapeType(context), model => FillAsync(model, part, torrent)).Location(Detail, "Content:before"),
            Initialize<TorrentFilesViewModel>("TorrentPart_Files", model => (model.Part, model.Tree) = (part, FileTree.Of(torrent!.Metainfo)))
                .Location(Detail, "Content:20")
                .RenderWhen(() => Task.FromResult(torrent is not null)),
            Initialize<TorrentPartViewModel>("TorrentPart_Facts", model => FillAsync(model, part, torrent)).Location(Detail, "Content:30"),
            Initialize<TorrentTrackersViewModel>("TorrentPart_Trackers", model => model.Counts = others)
                .Location(Detail, "Content:35")
                .RenderWhen(() => Task.FromResult(others.Count > 0)),
            Initialize<TorrentChartViewModel>("TorrentChart", model => Fill(model, days))
                .Displaying(context => context.Shape.At("Torrent"))
                .Location(Detail, "Content:40")
                .RenderWhen(() => Task.FromResult(days.Count > 1)),
            Initialize<TorrentPeersViewModel>("TorrentPart_Peers", model => Fill(model, part))
                .Location(Detail, "Content:50")
                .RenderWhen(MayViewPeersAsync));
    }

    private void Fill(TorrentPartViewModel model, TorrentPart part) =>
        (model.Part, model.ContentItem, model.Counts) = (part, part.ContentItem, board.Get(part.InfoHash));

    private async ValueTask FillAsync(TorrentPartViewModel model, TorrentPart part, ServedTorrent? torrent)
    {
        Fill(model, part);
        model.Torrent = torrent;
        model.Uploader = await uploaders.FindAsync(part.ContentItem.Owner);
        model.MayAddWebSeed = await authorization.AuthorizeAddingAsync(httpContextAccessor.HttpContext!.User, part.ContentItem);
    }

    private void Fill(TorrentChartViewModel model, IReadOnlyList<DayCounts> days)
    {
        model.Title = S["Seeders and leechers in the last {0} days", ChartDays];
        model.Chart = new LineChart(
            [.. days.Select(day => day.Date)],
            [
                new ChartSeries(S["Seeders"], "seeders", [.. days.Select(day => (double)day.Seeders)]),
                new ChartSeries(S["Leechers"], "leechers", [.. days.Select(day => (double)day.Leechers)]),
                new ChartSeries(S["Completed"], "completed", [.. days.Select(day => (double)day.Completed)]),
            ]);
    }

    private void Fill(TorrentPeersViewModel model, TorrentPart part)
    {
        model.Peers = peers.List(part);
        model.Clients = [.. model.Peers.CountBy(peer => peer.Client).OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))];
    }

    private async Task<IReadOnlyList<ForeignCounts>> FindOthersAsync(TorrentPart part) =>
        InfoHash.TryParseHex(part.InfoHash, out var hash) && board.TryGetEntry(hash, out var entry) ? await foreign.OfTorrentAsync(entry.Id) : [];

    private Task<bool> MayViewPeersAsync() => authorization.AuthorizeAsync(httpContextAccessor.HttpContext!.User, TorrentPermissions.ViewPeerAddresses);
}
