using Microsoft.Playwright;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Charts;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>The course of the last month on a torrent's page, in the browser, as it was counted day by day.</summary>
public sealed class ChartTests(ChartTests.Fixture fixture) : IClassFixture<ChartTests.Fixture>
{
    private static readonly double[] Seeders = [1, 1, 3];
    private static readonly double[] Leechers = [2, 4, 1];
    private static readonly double[] Completed = [0, 0, 2];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_draw_what_was_counted_with_and_without_script(bool withScript)
    {
        var page = await fixture.Site.OpenAsync(withScript: withScript);

        await page.GotoAsync("torrent/charted");

        var chart = new LineChart(fixture.Days, [new ChartSeries("", "", Seeders), new ChartSeries("", "", Leechers), new ChartSeries("", "", Completed)]);
        var figure = page.Locator(".ot-chart");
        var lines = new[] { "seeders", "leechers", "completed" }.Zip(chart.Series);
        foreach (var (name, series) in lines)
        {
            var line = figure.Locator($"polyline.ot-chart-{name}");
            await Assertions.Expect(line).ToHaveAttributeAsync("points", chart.Points(series));
            await Assertions.Expect(line).ToBeVisibleAsync();
        }

        await Assertions.Expect(figure.Locator(".ot-chart-label").Filter(new() { HasText = "/" })).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Should_say_in_words_what_the_chart_shows()
    {
        var page = await fixture.Site.OpenAsync(withScript: false);

        await page.GotoAsync("torrent/charted");

        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Seeders and leechers in the last 30 days" })).ToBeVisibleAsync();
        var caption = page.Locator(".ot-chart figcaption");
        await Assertions.Expect(caption).ToContainTextAsync("Seeders: 3");
        await Assertions.Expect(caption).ToContainTextAsync("Leechers: 1");
        await Assertions.Expect(caption).ToContainTextAsync("Completed: 2");
    }

    public sealed class Fixture : SiteFixture
    {
        private readonly SiteClock _clock = new();

        public IReadOnlyList<DateOnly> Days { get; private set; } = [];

        protected override SiteOptions Options => new() { ConfigureOrchard = _clock.AddTo };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            var torrent = await Site.PublishTorrentAsync("Charted");
            var hash = torrent.TrackerHashes[0].Announced();
            var today = DateOnly.FromDateTime(_clock.UtcNow);
            Days = [today, today.AddDays(1), today.AddDays(2)];
            using var client = Site.CreateClient();

            await AnnounceAsync([1001], left: 0);
            await AnnounceAsync([1002, 1003], left: 1);
            await EndDayAsync();

            await AnnounceAsync([1004, 1005], left: 1);
            await EndDayAsync();

            await AnnounceAsync([1002, 1003], left: 0, "&event=completed");
            await AnnounceAsync([1004], left: 1, "&event=stopped");

            async Task AnnounceAsync(int[] ports, long left, string extra = "")
            {
                foreach (var port in ports)
                {
                    await client.AnnounceAsync(hash, port, left, extra);
                }
            }
        }

        private async Task EndDayAsync()
        {
            await Site.RunBackgroundTaskAsync("CountingBackgroundTask");
            await Site.RunBackgroundTaskAsync("SamplingBackgroundTask");
            _clock.UtcNow = _clock.UtcNow.AddDays(1);
        }
    }
}
