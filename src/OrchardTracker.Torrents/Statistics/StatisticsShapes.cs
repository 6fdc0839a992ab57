using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement;
using OrchardTracker.Torrents.Charts;
using OrchardTracker.Torrents.Searching;
using OrchardTracker.Torrents.Services;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Statistics;

/// <summary>Makes the shapes of the statistics.</summary>
public sealed class StatisticsShapes(
    StatisticsReader reader,
    TorrentLister lister,
    TorrentShapes shapes,
    IAuthorizationService authorization,
    IShapeFactory shapeFactory,
    IStringLocalizer<StatisticsShapes> S)
{
    private const int TopTorrents = 10;

    /// <summary>Figures for whoever opens the page; single torrents only for who may view torrents.</summary>
    public async Task<IShape> PageAsync(ClaimsPrincipal user)
    {
        var statistics = await reader.ReadAsync();
        IShape[] charts = statistics.Days.Count < 2 ? [] :
        [
            await ChartAsync(statistics, S["Torrents"], [(S["Torrents"], "completed", totals => totals.Torrents)]),
            await ChartAsync(statistics, S["Seeders and leechers"], [(S["Seeders"], "seeders", totals => totals.Seeders), (S["Leechers"], "leechers", totals => totals.Leechers)]),
            await ChartAsync(statistics, S["Traffic"], [(S["Downloaded in all"], "completed", totals => totals.Transferred)], value => SizeText.Write((long)value)),
        ];
        (string, IShape)[] tables = !await authorization.AuthorizeContentTypeAsync(user, CommonPermissions.ViewContent, TorrentContent.Type) ? [] :
        [
            (S["Most seeded"], await TopAsync(TorrentOrder.Seeders)),
            (S["Most downloaded"], await TopAsync(TorrentOrder.Completed)),
        ];
        var page = await shapeFactory.CreateAsync<TorrentStatisticsViewModel>("TorrentStatistics", model =>
        {
            model.Statistics = statistics;
            model.Charts = charts;
            model.Tables = tables;
        });
        return page.At("Page");
    }

    private async Task<IShape> TopAsync(TorrentOrder order) =>
        await shapes.TableAsync(await lister.ListAsync(new TorrentQuery { Order = order }, TopTorrents), "Statistics");

    private async Task<IShape> ChartAsync(
        SiteStatistics statistics, string title, (string Name, string Style, Func<SiteTotals, double> Value)[] lines, Func<double, string>? format = null)
    {
        var shape = await shapeFactory.CreateAsync<TorrentChartViewModel>("TorrentChart", model =>
        {
            model.Title = title;
            model.Chart = new LineChart(
                [.. statistics.Days.Select(day => day.Date)],
                [.. lines.Select(line => new ChartSeries(line.Name, line.Style, [.. statistics.Days.Select(day => line.Value(day.Totals))]))],
                format);
        });
        return shape.At("Statistics");
    }
}
