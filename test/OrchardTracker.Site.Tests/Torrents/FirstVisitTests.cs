using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Media;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>What a site that was set up by our recipe shows to its first visitor.</summary>
public sealed class FirstVisitTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_have_a_torrent_in_a_category_and_with_a_tag_to_try_the_filters_on()
    {
        // Its torrent is made of the picture in the media library, and must be the one that the recipe brings.
        var entry = await Site.WaitForTorrentAsync("samples/swarm.svg");
        Assert.True(entry.IsInCatalog);
        var page = await Site.OpenAsync();
        var found = page.Locator(".ot-found");
        var sample = page.Locator("tbody .ot-title a", new() { HasText = "swarm.svg" });

        await page.GotoAsync("torrents");
        await Assertions.Expect(found).ToHaveTextAsync("1 torrent");
        await page.SelectOptionAsync("#ot-category", "Pictures");
        await page.LeaveByAsync(".ot-filters button:has-text('Search')");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("category=Pictures"));
        await Assertions.Expect(sample).ToBeVisibleAsync();

        await page.SelectOptionAsync("#ot-category", "Music");
        await page.LeaveByAsync(".ot-filters button:has-text('Search')");
        await Assertions.Expect(page.GetByText("No torrents match your search.")).ToBeVisibleAsync();

        await page.GotoAsync("torrents");
        await page.ClickAsync("text=More filters");
        await page.FillAsync("#ot-tags", "Free software");
        await page.LeaveByAsync(".ot-filters button:has-text('Search')");
        await Assertions.Expect(sample).ToBeVisibleAsync();
        await page.LeaveByAsync(sample);

        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Pictures");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Free software");
        await Assertions.Expect(page.Locator(".ot-facts")).ToContainTextAsync(entry.InfoHash!);
    }
}
