using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Liquid;
using OrchardCore.Shortcodes.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Files of content: where they are offered, and to whom.</summary>
public sealed class ContentTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_show_file_torrent_and_magnet_in_a_field_that_offers_them()
    {
        await Site.DefineReleaseAsync();
        await Site.WriteAsync("offered.bin", RandomNumberGenerator.GetBytes(5_000));
        var entry = await Site.WaitForTorrentAsync("offered.bin");
        var item = await Site.AddReleaseAsync("Offered", isPublished: true, "offered.bin");
        using var visitor = Site.CreateClient();

        var page = await visitor.GetStringAsync($"Contents/ContentItems/{item}");

        Assert.Contains("href=\"/media/offered.bin\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/media-torrents/{entry.EntryId}.torrent\"", page, StringComparison.Ordinal);
        Assert.Contains($"magnet:?xt=urn:btih:{entry.InfoHash}", page, StringComparison.Ordinal);
        Assert.Contains("data-ot-count=\"seeders\"", page, StringComparison.Ordinal);

        await Site.HideAsync("offered.bin");
        Assert.DoesNotContain("/media/offered.bin", await visitor.GetStringAsync($"Contents/ContentItems/{item}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_give_nothing_of_an_item_that_is_not_published()
    {
        await Site.DefineReleaseAsync();
        await Site.WriteAsync("draft.bin", RandomNumberGenerator.GetBytes(5_000));
        await Site.WaitForTorrentAsync("draft.bin");
        var item = await Site.AddReleaseAsync("Draft", isPublished: false, "draft.bin");
        var entry = await Site.WaitForEntryAsync("draft.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        await AssertGivenAsync(entry!, "draft.bin", HttpStatusCode.NotFound);

        await Site.ChangeItemAsync(item, (contents, draft) => contents.PublishAsync(draft));

        entry = await Site.WaitForEntryAsync("draft.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false });
        await AssertGivenAsync(entry!, "draft.bin", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_give_what_not_everybody_may_see_to_those_alone_who_may()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        await site.AddUserAsync("member", "Contributor");
        await site.AddUserAsync("stranger");
        await site.RevokeAsync("Anonymous", "ViewContent");
        await site.TryRevokeAsync("Authenticated", "ViewContent");
        await site.GrantAsync("Contributor", "ViewContent");
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        await site.WriteAsync("members.bin", bytes);
        await site.AddReleaseAsync("For members", isPublished: true, "members.bin");
        var entry = await site.WaitForEntryAsync("members.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });

        using var visitor = site.CreateClient();
        using var stranger = await site.SignInAsync("stranger");
        foreach (var client in (HttpClient[])[visitor, stranger])
        {
            foreach (var url in (string[])["media/members.bin?torrent", $"media-torrents/{entry!.EntryId}", $"media-torrents/{entry.EntryId}.torrent", $"media-torrents/seed/{entry.InfoHash}/-/members.bin", $"torrents/{entry.InfoHash}.torrent"])
            {
                using var refused = await client.GetAsync(url);
                Assert.False(refused.StatusCode == HttpStatusCode.OK, url);
            }
        }

        using var member = await site.SignInAsync("member");
        using var given = await member.GetAsync($"media-torrents/{entry!.EntryId}.torrent");
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.True(given.Headers.CacheControl is { NoStore: true });
        var torrent = Metainfo.Parse(await given.Content.ReadAsByteArrayAsync());
        Assert.True(torrent.IsPrivate);
        Assert.DoesNotContain("magnet:", await member.GetStringAsync($"media-torrents/{entry.EntryId}"), StringComparison.Ordinal);

        // His client has no session: the address says who he is, until he may no more.
        var seed = Assert.Single(torrent.WebSeeds) + "members.bin";
        Assert.Equal(bytes, await visitor.GetByteArrayAsync(seed));
        using var tampered = await visitor.GetAsync(seed.Replace($"/{entry.InfoHash}/", $"/{new string('0', 40)}/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, tampered.StatusCode);

        var memberId = await site.AddUserAsync("member");
        await site.WriteAsync("others.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.AddReleaseAsync("Also for members", isPublished: true, "others.bin");
        var other = (await site.WaitForEntryAsync("others.bin", other => other is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true }))!;
        var ticket = await IssueAsync(other, TimeSpan.FromDays(1));
        var expired = await IssueAsync(other, TimeSpan.FromDays(-1));
        var foreign = seed.Split('/')[^2];
        foreach (var (each, expected) in new Dictionary<string, HttpStatusCode> { [ticket] = HttpStatusCode.OK, [expired] = HttpStatusCode.NotFound, [foreign] = HttpStatusCode.NotFound })
        {
            using var answer = await visitor.GetAsync($"media-torrents/seed/{other.InfoHash}/{each}/others.bin");
            Assert.Equal(expected, answer.StatusCode);
        }

        await site.SetEnabledAsync("member", isEnabled: false);
        using (var disabled = await visitor.GetAsync(seed))
        {
            Assert.Equal(HttpStatusCode.NotFound, disabled.StatusCode);
        }

        await site.SetEnabledAsync("member", isEnabled: true);
        Assert.Equal(bytes, await visitor.GetByteArrayAsync(seed));
        await site.RevokeAsync("Contributor", "ViewContent");
        using var late = await visitor.GetAsync(seed);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);

        Task<string> IssueAsync(MediaEntry entry, TimeSpan lifetime) => site.InTenantAsync(services =>
            Task.FromResult(services.GetRequiredService<SeedTickets>().Issue(entry.InfoHash!, memberId, lifetime)));
    }

    [Fact]
    public async Task Should_give_the_torrent_for_a_parameter_of_the_media_url()
    {
        var bytes = RandomNumberGenerator.GetBytes(40_000);
        await Site.WriteAsync("parameter.bin", bytes);
        var entry = await Site.WaitForTorrentAsync("parameter.bin");
        using var visitor = Site.CreateClient();

        using var response = await visitor.GetAsync("media/parameter.bin?torrent");

        Assert.Equal("application/x-bittorrent", response.Content.Headers.ContentType!.MediaType);
        var torrent = Metainfo.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(entry.InfoHash, torrent.TrackerHashes[0].ToString());
        Assert.Equal([new Uri(Site.Url, "media/parameter.bin").ToString()], torrent.WebSeeds);
        Assert.Equal(new Uri(Site.Url, $"media-torrents/{entry.EntryId}.torrent").ToString(), torrent.UpdateUrl);
        Assert.Contains(torrent.AnnounceTiers.SelectMany(tier => tier), url => url.StartsWith(Site.Url.ToString(), StringComparison.Ordinal));
        using var none = await visitor.GetAsync("media/no-such-file.bin?torrent");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Should_offer_torrents_by_liquid_shortcode_and_graphql()
    {
        await Site.EnableFeaturesAsync("OrchardCore.Apis.GraphQL");
        await Site.GrantAsync("Anonymous", "ExecuteGraphQL");
        await Site.WriteAsync("texts/a b.bin", RandomNumberGenerator.GetBytes(5_000));
        var entry = await Site.WaitForTorrentAsync("texts/a b.bin");
        var (liquid, shortcode) = ("", "");
        await Site.InTenantAsync(async services =>
        {
            liquid = await services.GetRequiredService<ILiquidTemplateManager>().RenderStringAsync(
                "{% assign s = 'texts/a b.bin' | torrent_stats %}{{ 'texts/a b.bin' | torrent_url }}|{{ s.length }}|{{ s.leechers }}|{{ 'texts/a b.bin' | magnet | slice: 0, 60 }}|{{ 'none' | torrent_url }}|",
                HtmlEncoder.Default);
            shortcode = await services.GetRequiredService<IShortcodeService>().ProcessAsync("[torrent]texts/a b.bin[/torrent] [torrent]none[/torrent]", new Shortcodes.Context());
        });
        using var visitor = Site.CreateClient();
        using var answer = await visitor.PostAsync(
            "api/graphql",
            new StringContent("{ mediaTorrent(path: \"texts/a b.bin\") { name length infoHash torrentUrl magnet seeders } none: mediaTorrent(path: \"none\") { name } }", Encoding.UTF8, "application/graphql"));
        var json = await answer.Content.ReadAsStringAsync();

        Assert.Equal($"/media-torrents/{entry.EntryId}.torrent|5000|0|magnet:?xt=urn:btih:{entry.InfoHash}||", liquid);
        Assert.Contains($"/media-torrents/{entry.EntryId}.torrent", shortcode, StringComparison.Ordinal);
        Assert.Contains(entry.InfoHash!, json, StringComparison.Ordinal);
        Assert.Contains("\"none\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_answer_ranges_heads_and_validators_of_web_seeds()
    {
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        await Site.WriteAsync("ranges.bin", bytes);
        var entry = await Site.WaitForTorrentAsync("ranges.bin");
        var url = $"media-torrents/seed/{entry.InfoHash}/-/ranges.bin";
        using var client = Site.CreateClient();

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal((HttpStatusCode.OK, 100_000L), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.False(head.Headers.ETag!.IsWeak);
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stopping) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(i * 500, (i * 500) + 499) } };
            using var part = await client.SendAsync(request, stopping);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(bytes[(i * 500)..((i * 500) + 500)], await part.Content.ReadAsByteArrayAsync(stopping));
        });
        foreach (var outside in (string[])["media-torrents/seed/{0}/-/other.bin", "media-torrents/seed/{0}/-/", "media-torrents/seed/{0}/-/..%2f..%2fsites.json", "media-torrents/seed/0000000000000000000000000000000000000000/-/ranges.bin"])
        {
            using var refused = await client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, outside, entry.InfoHash));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        using var past = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new(100_000, 200_000) } };
        using var unsatisfiable = await client.SendAsync(past);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, unsatisfiable.StatusCode);
    }

    private async Task AssertGivenAsync(MediaEntry entry, string path, HttpStatusCode expected)
    {
        using var visitor = Site.CreateClient();
        foreach (var url in (string[])[$"media/{path}?torrent", $"media-torrents/{entry.EntryId}", $"media-torrents/{entry.EntryId}.torrent"])
        {
            using var response = await visitor.GetAsync(url);
            Assert.Equal((url, expected), (url, response.StatusCode));
        }
    }
}
