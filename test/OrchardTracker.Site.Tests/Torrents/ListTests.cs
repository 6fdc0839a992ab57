using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>The list as visitors use it: by addresses, which is what links and forms make.</summary>
public sealed class ListTests(ListTests.Fixture fixture) : IClassFixture<ListTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData("", "Ärger im Büro|Große Datei|Debian netinst|日本の音楽")]
    [InlineData("q=debian", "Debian netinst")]
    [InlineData("q=DEB", "Debian netinst")]
    [InlineData("q=netinst+deb", "Debian netinst")]
    [InlineData("q=arger+buro", "Ärger im Büro")]
    [InlineData("q=%C3%84RGER", "Ärger im Büro")]
    [InlineData("q=readme", "Große Datei")]
    [InlineData("q=kapitel", "Große Datei")]
    [InlineData("q=grosse", "")]
    [InlineData("q=gro%C3%9Fe", "Große Datei")]
    [InlineData("q=%E9%9F%B3%E6%A5%BD", "日本の音楽")]
    [InlineData("q=%E9%9F%B3", "日本の音楽")]
    [InlineData("q=d", "")]
    [InlineData("q=debian+readme", "")]
    [InlineData("q=hidden", "")]
    [InlineData("q=%25", "")]
    [InlineData("q='%3B--", "")]
    [InlineData("size=-1M", "Ärger im Büro")]
    [InlineData("size=1G-", "Große Datei")]
    [InlineData("size=100M-1G", "Debian netinst|日本の音楽")]
    [InlineData("alive=1", "Debian netinst")]
    [InlineData("days=1", "Ärger im Büro|Große Datei|Debian netinst|日本の音楽")]
    [InlineData("sort=size&dir=asc", "Ärger im Büro|日本の音楽|Debian netinst|Große Datei")]
    [InlineData("sort=size", "Große Datei|Debian netinst|日本の音楽|Ärger im Büro")]
    [InlineData("sort=seeders", "Debian netinst|Große Datei|日本の音楽|Ärger im Büro", 1)]
    [InlineData("sort=leechers", "Große Datei|Debian netinst|日本の音楽|Ärger im Büro", 1)]
    [InlineData("sort=name", "Debian netinst|Große Datei", 2)]
    [InlineData("dir=sideways&sort=nonsense&dir=sideways&days=-3&size=x&pagenum=-7&alive=maybe", "Ärger im Büro|Große Datei|Debian netinst|日本の音楽")]
    public async Task Should_find_and_sort(string query, string expected, int compared = int.MaxValue)
    {
        using var client = Site.CreateClient();
        var titles = ListPage.Titles(await client.GetStringAsync("torrents?" + query));
        var wanted = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);

        if (query.StartsWith("sort=", StringComparison.Ordinal))
        {
            Assert.Equal(wanted.Take(compared), titles.Take(compared));
        }

        Assert.Equal(compared == 2 ? 4 : wanted.Length, titles.Count);
        Assert.True(compared < int.MaxValue || wanted.Order().SequenceEqual(titles.Order()), string.Join('|', titles));
    }

    [Fact]
    public async Task Should_turn_the_pages()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        await site.InTenantAsync(async services =>
        {
            var catalog = (ITorrentCatalog)services.GetService(typeof(ITorrentCatalog))!;
            for (var number = 1; number <= 60; number++)
            {
                await catalog.PublishAsync(SampleTorrent.Invent($"file-{number}", ("", number)), new CatalogDetails { Title = $"Paged {number}" });
            }
        });
        using var client = site.CreateClient();

        var first = await client.GetStringAsync("torrents?sort=size&dir=asc");
        var third = await client.GetStringAsync("torrents?sort=size&dir=asc&pagenum=3");

        Assert.Contains("60 torrents", first, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 25).Select(number => $"Paged {number}"), ListPage.Titles(first));
        Assert.Equal(Enumerable.Range(51, 10).Select(number => $"Paged {number}"), ListPage.Titles(third));
        Assert.Equal(ListPage.Titles(third), ListPage.Titles(await client.GetStringAsync("torrents?sort=size&dir=asc&pagenum=99999999")));
        Assert.Contains("sort=size&amp;dir=asc&amp;pagenum=2", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_and_sort_the_same_where_more_torrents_have_the_words_than_are_looked_up()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions
        {
            ConfigureOrchard = orchard => orchard.ConfigureServices(services => services.AddSingleton(new SearchLimits { MostNumbers = 3, MostCounted = 29 })),
        });
        await site.EmptyAsync();
        for (var number = 1; number <= 35; number++)
        {
            await site.PublishAsync(SampleTorrent.Invent($"tree-{number}", ("", number)), new CatalogDetails { Title = number % 10 == 0 ? $"Oak {number}" : $"Beech {number}" });
        }

        using var client = site.CreateClient();

        var many = await client.GetStringAsync("torrents?q=tree&sort=size&dir=asc&pagenum=2");
        Assert.Contains("More than 29 torrents", many, StringComparison.Ordinal);
        Assert.Equal(["Beech 26", "Beech 27", "Beech 28", "Beech 29", "Oak 30", "Beech 31", "Beech 32", "Beech 33", "Beech 34", "Beech 35"], ListPage.Titles(many));
        Assert.Equal(["Oak 30", "Oak 20", "Oak 10"], ListPage.Titles(await client.GetStringAsync("torrents?q=tree+oak&sort=size")));
        var beeches = await client.GetStringAsync("torrents?q=bee+tre&sort=seeders&size=-5");
        Assert.Contains("5 torrents", beeches, StringComparison.Ordinal);
        Assert.Equal(5, ListPage.Titles(beeches).Count);
        Assert.Empty(ListPage.Titles(await client.GetStringAsync("torrents?q=tree+elm")));
        using var admin = await site.SignInAsync(TestSite.AdminName);
        Assert.Contains("1 to 25 of more than 29", await admin.GetStringAsync("Admin/Torrents/Index?q=tree"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_show_awkward_titles_and_names_as_text()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        var torrent = SampleTorrent.Invent("<svg onload=alert(1)>", ("<img src=x onerror=alert(2)>/\u202Egpj.exe", 1));
        await site.PublishAsync(torrent, new CatalogDetails
        {
            Title = "</title><script>alert(3)</script>",
            Description = "<script>alert(4)</script> [click](javascript:alert(5))",
        });
        using var client = site.CreateClient();
        var list = await client.GetStringAsync("torrents?q=%22%3E%3Cscript%3Ealert(6)%3C/script%3E");
        var page = await site.OpenAsync();
        var alerts = 0;
        page.Dialog += (_, _) => alerts++;

        await page.GotoAsync("torrents");
        await page.LeaveByAsync("tbody .ot-title a");

        Assert.DoesNotContain("<script>alert", list, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>alert", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript:", await page.ContentAsync(), StringComparison.OrdinalIgnoreCase);
        await Assertions.Expect(page.Locator(".ot-tree")).ToContainTextAsync("<img src=x onerror=alert(2)>");
        Assert.Equal(0, alerts);
    }

    [Fact]
    public async Task Should_show_nothing_to_who_may_not_see_content()
    {
        await using var site = await TestSite.StartAsync();
        var torrent = await site.PublishTorrentAsync("Not for everybody");
        await site.RevokeAsync("Anonymous", "ViewContent");
        await site.RevokeAsync("Authenticated", "ViewContent");
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        using var client = site.CreateClient();

        foreach (var path in new[] { "torrents", $"torrents/{torrent.TrackerHashes[0]}.torrent", $"torrents/{torrent.TrackerHashes[0]}/qr.svg", $"torrents/{torrent.TrackerHashes[0]}/files", "torrent/not-for-everybody" })
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Contains("/Login", response.Headers.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        using var live = await client.GetAsync($"torrents/live?h={torrent.TrackerHashes[0]}");
        Assert.Equal(HttpStatusCode.NotFound, live.StatusCode);
        var statistics = await client.GetStringAsync("torrents/statistics");
        Assert.Contains("<dt>Torrents</dt>", statistics, StringComparison.Ordinal);
        Assert.DoesNotContain("Not for everybody", statistics, StringComparison.Ordinal);
        Assert.DoesNotContain(torrent.TrackerHashes[0].ToString(), statistics, StringComparison.Ordinal);
        Assert.DoesNotContain("not-for-everybody", statistics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_search_without_script_by_keyboard_on_a_phone()
    {
        var page = await Site.OpenAsync(width: 375, withScript: false);
        await page.GotoAsync("torrents");

        var search = page.Locator("#ot-q");
        await search.PressSequentiallyAsync("netinst");
        await Assertions.Expect(search).ToHaveValueAsync("netinst");
        await search.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/torrents\\?q=netinst"));
        await Assertions.Expect(page.Locator(".ot-found")).ToHaveTextAsync("1 torrent");
        await page.FocusAsync("tbody .ot-title a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/torrent/debian-netinst$"));

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Debian netinst");
        Assert.False(await IsTooWideAsync(page));
        await page.GoBackAsync();
        Assert.False(await IsTooWideAsync(page));
    }

    private static Task<bool> IsTooWideAsync(IPage page) =>
        page.Locator("html").EvaluateAsync<bool>("html => html.scrollWidth > html.clientWidth");

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            const long MiB = 1 << 20;
            await PublishAsync("Ärger im Büro", SampleTorrent.Invent("a.txt", ("", 1_000)));
            var large = await PublishAsync("Große Datei", SampleTorrent.Invent("b", ("Kapitel_1/README.txt", 4_000 * MiB), ("Kapitel_2/x.bin", 1)));
            var debian = await PublishAsync("Debian netinst", SampleTorrent.Invent("c.iso", ("", 700 * MiB)));
            await PublishAsync("日本の音楽", SampleTorrent.Invent("sound.flac", ("", 300 * MiB)));
            await Site.PublishAsync(SampleTorrent.Invent("e", ("hidden.txt", 1)), new CatalogDetails { Title = "Hidden", IsListed = false });
            var draft = SampleTorrent.Invent("f", ("hidden.txt", 1));
            await Site.PublishAsync(draft, new CatalogDetails { Title = "Hidden draft" });
            await Site.InTenantAsync(services => ((ITorrentCatalog)services.GetService(typeof(ITorrentCatalog))!).UnpublishAsync(draft.TrackerHashes[0]));
            using var client = Site.CreateClient();
            await client.AnnounceAsync(debian.TrackerHashes[0].Announced(), 1001, left: 0);
            await client.AnnounceAsync(large.TrackerHashes[0].Announced(), 1002);
            await Site.RunBackgroundTaskAsync("CountingBackgroundTask");
        }

        private async Task<Metainfo> PublishAsync(string title, Metainfo torrent)
        {
            await Site.PublishAsync(torrent, new CatalogDetails { Title = title });
            return torrent;
        }
    }
}
