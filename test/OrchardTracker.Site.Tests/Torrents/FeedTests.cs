using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>RSS and Atom, as readers get them; keys, where a site is private.</summary>
public sealed partial class FeedTests(FeedTests.Fixture fixture) : IClassFixture<FeedTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData("rss", "rss20", "application/rss+xml")]
    [InlineData("atom", "atom10", "application/atom+xml")]
    public async Task Should_be_read_by_a_real_parser(string format, string version, string contentType)
    {
        var torrent = await SampleTorrent.CreateAsync("Fed");
        await Site.PublishAsync(torrent, new CatalogDetails { Title = $"Fed <b>& {format}\u0001", Description = "<script>\uFFFE" });
        using var client = Site.CreateClient();
        using var response = await client.GetAsync($"torrents/feed.{format}");

        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        var feed = await FeedReader.ReadAsync(await response.Content.ReadAsByteArrayAsync());
        Assert.False(feed["faults"]!.GetValue<bool>());
        Assert.Equal(version, feed["version"]!.GetValue<string>());
        var entry = feed["entries"]!.AsArray().First(entry => entry!["id"]!.GetValue<string>() == "urn:btih:" + torrent.TrackerHashes[0])!;
        Assert.NotEmpty(entry["published"]!.AsArray());
        var enclosure = Assert.Single(entry["enclosures"]!.AsArray())!;
        Assert.Equal("application/x-bittorrent", enclosure["type"]!.GetValue<string>());
        Assert.Equal(torrent.TrackerHashes, Metainfo.Parse(await client.GetByteArrayAsync(enclosure["href"]!.GetValue<string>())).TrackerHashes);
        using var page = await client.GetAsync(entry["link"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        if (format == "rss")
        {
            Assert.Equal(torrent.TrackerHashes[0].ToString(), entry["infoHash"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Should_hold_what_is_searched_for_the_latest_first()
    {
        await Site.PublishTorrentAsync("Narrowed one");
        await Site.PublishTorrentAsync("Narrowed two");
        await Site.PublishTorrentAsync("Something else");
        using var client = Site.CreateClient();

        var feed = await FeedReader.ReadAsync(await client.GetByteArrayAsync("torrents/feed.rss?q=narrowed"));

        Assert.Equal(["Narrowed two", "Narrowed one"], feed["entries"]!.AsArray().Select(entry => entry!["title"]!.GetValue<string>()));
        Assert.Contains("narrowed", feed["title"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_give_each_user_a_key_of_his_own_where_the_site_is_private()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        await site.AddUserAsync("first", "Author");
        var secondId = await site.AddUserAsync("second", "Author");
        var torrent = await site.PublishTorrentAsync("For members");
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.RevokeAsync("Anonymous", "ViewContent");
        using var reader = site.CreateClient();

        var (first, second) = (await FeedUrlAsync(site, "first"), await FeedUrlAsync(site, "second"));
        Assert.NotEqual(first, second);
        var served = new List<Metainfo>();
        foreach (var url in new[] { first, second })
        {
            var feed = await FeedReader.ReadAsync(await reader.GetByteArrayAsync(url));
            var entry = Assert.Single(feed["entries"]!.AsArray())!;
            served.Add(Metainfo.Parse(await reader.GetByteArrayAsync(entry["enclosures"]![0]!["href"]!.GetValue<string>())));
        }

        // One torrent, but two passkeys.
        Assert.Equal(served[0].TrackerHashes, served[1].TrackerHashes);
        Assert.Equal(torrent.TrackerHashes, served[0].TrackerHashes);
        Assert.NotEqual(served[0].AnnounceTiers[0][0], served[1].AnnounceTiers[0][0]);
        foreach (var metainfo in served)
        {
            await reader.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, at: metainfo.AnnounceTiers[0][0]);
        }

        using (var forged = await reader.GetAsync("torrents/feed.rss?key=AAAA"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }

        using (var without = await reader.GetAsync("torrents/feed.rss"))
        {
            Assert.Equal(HttpStatusCode.Redirect, without.StatusCode);
        }

        // A key opens feeds and .torrent files, and no page.
        using (var page = await reader.GetAsync("torrents" + new Uri(first).Query))
        {
            Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        }

        await site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            Assert.True((await users.UpdateSecurityStampAsync((await users.FindByIdAsync(secondId))!)).Succeeded);
        });
        using var ended = await reader.GetAsync(second);
        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
    }

    private static async Task<string> FeedUrlAsync(TestSite site, string user)
    {
        using var client = await site.SignInAsync(user);
        var page = await client.GetStringAsync("torrents");
        return WebUtility.HtmlDecode(FeedLink().Match(page).Groups[1].Value);
    }

    [GeneratedRegex("""<a href="([^"]*/torrents/feed\.rss[^"]*)""")]
    private static partial Regex FeedLink();

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
        }
    }
}
