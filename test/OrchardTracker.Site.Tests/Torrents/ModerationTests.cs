using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;
using OrchardTracker.SiteBench;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>What moderators do in the admin.</summary>
public sealed class ModerationTests(ModerationTests.Fixture fixture) : IClassFixture<ModerationTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_do_things_with_several_torrents_at_once()
    {
        var torrents = new List<Metainfo>();
        for (var number = 1; number <= 3; number++)
        {
            torrents.Add(await Site.PublishTorrentAsync($"Bulk {number}"));
        }

        var page = await Site.OpenAsAsync(Fixture.Moderator);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();

        await ChooseAllAsync(page, "bulk", "Unpublish");
        await Assertions.Expect(page.GetByText("Done with 3 torrents.")).ToBeVisibleAsync();
        using var client = Site.CreateClient();
        foreach (var torrent in torrents)
        {
            await client.AnnounceRefusedAsync(Announcer.Path(torrent.TrackerHashes[0].Announced(), 1001));
        }

        await ChooseAllAsync(page, "bulk", "Publish");
        await ChooseAllAsync(page, "bulk", "FreeLeech");
        await Assertions.Expect(page.Locator(".badge", new() { HasText = "Free leech" })).ToHaveCountAsync(3);
        Assert.Contains("3 torrents", await client.GetStringAsync("torrents?q=bulk&freeleech=1"), StringComparison.Ordinal);
        await ChooseAllAsync(page, "bulk", "EndFreeLeech");
        Assert.Contains("No torrents match your search.", await client.GetStringAsync("torrents?q=bulk&freeleech=1"), StringComparison.Ordinal);
        await ChooseAllAsync(page, "bulk", "Delete");

        Assert.Contains("No torrents match your search.", await client.GetStringAsync("torrents?q=bulk"), StringComparison.Ordinal);
        Assert.Null(await Site.InTenantAsync(services => services.GetRequiredService<ITorrentStore>().FindAsync(torrents[0].TrackerHashes[0])));
    }

    [Fact]
    public async Task Should_block_what_was_taken_down_whoever_uploads_it_until_it_is_lifted()
    {
        var torrent = await SampleTorrent.CreateAsync("Taken down", new TorrentOptions { Version = MetainfoVersion.Hybrid });
        await Site.PublishAsync(torrent, new CatalogDetails());
        var page = await Site.OpenAsAsync(Fixture.Moderator);

        await ChooseAllAsync(page, "taken down", "TakeDown");
        await page.FillAsync("#ot-reason", "By order of <b>somebody</b>.");
        await page.ClickAsync("button:has-text('Take down')");
        await Assertions.Expect(page.GetByText("Done with a torrent.")).ToBeVisibleAsync();

        using var client = Site.CreateClient();
        foreach (var hash in torrent.TrackerHashes)
        {
            await client.AnnounceRefusedAsync(Announcer.Path(hash.Announced(), 1001));
        }

        Assert.Null(await PublishAsync(torrent));
        await client.AnnounceRefusedAsync(Announcer.Path(torrent.TrackerHashes[0].Announced(), 1001));
        await page.GotoAsync("torrents/upload");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "x.torrent", MimeType = "application/x-bittorrent", Buffer = torrent.Bytes.ToArray() });
        await page.ClickAsync("form.ot-upload button");
        await Assertions.Expect(page.Locator(".ot-review")).ToContainTextAsync("This torrent was taken down: By order of <b>somebody</b>.");

        await page.GotoAsync("Admin/Torrents/TakenDown");
        await page.ClickAsync("button:has-text('Lift')");
        await Assertions.Expect(page.GetByText("The takedown has been lifted.")).ToBeVisibleAsync();
        Assert.NotNull(await PublishAsync(torrent));
        await client.AnnounceAsync(torrent.TrackerHashes[1].Announced(), 1001);
    }

    [Fact]
    public async Task Should_keep_a_takedown_over_a_restart()
    {
        var torrent = await SampleTorrent.CreateAsync("Down for good");
        var site = await TestSite.StartAsync();
        await site.InTenantAsync(services =>
            services.GetRequiredService<OrchardTracker.Torrents.Moderation.Takedowns>().AddAsync(torrent.TrackerHashes[0], null, "x", "reason", null));
        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var client = again.CreateClient();

        await client.AnnounceRefusedAsync(Announcer.Path(torrent.TrackerHashes[0].Announced(), 1001));
    }

    [Fact]
    public async Task Should_search_sort_and_filter()
    {
        for (var number = 1; number <= 3; number++)
        {
            await Site.PublishTorrentAsync($"Admin list {number}");
        }

        var draft = await Site.PublishTorrentAsync("Admin list draft");
        await Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(draft.TrackerHashes[0]));
        using var moderator = await Site.SignInAsync(Fixture.Moderator);

        var all = await moderator.GetStringAsync("Admin/Torrents/Index?q=admin+list&sort=name");
        Assert.Contains("1 to 4 of 4", all, StringComparison.Ordinal);
        Assert.True(all.IndexOf("Admin list 1", StringComparison.Ordinal) < all.IndexOf("Admin list 2", StringComparison.Ordinal));
        Assert.Contains("1 to 3 of 3", await moderator.GetStringAsync("Admin/Torrents/Index?q=admin+list&show=published"), StringComparison.Ordinal);
        Assert.Contains("1 to 1 of 1", await moderator.GetStringAsync("Admin/Torrents/Index?q=admin+list&show=waiting"), StringComparison.Ordinal);
        Assert.Contains("Nothing here!", await moderator.GetStringAsync("Admin/Torrents/Index?q=no+such+thing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_list_drafts_and_their_uploaders_with_as_many_queries_for_few_as_for_many()
    {
        await using var site = await TestSite.StartAsync();
        await site.EmptyAsync();
        await AddAsync(1, 2);
        using var queries = QueryCounter.Attach(await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<YesSql.IStore>())));
        using var moderator = await site.SignInAsync(TestSite.AdminName);
        var few = await CountAsync("uploader-2");
        await AddAsync(3, 10);

        Assert.Equal(few, await CountAsync("uploader-10"));

        async Task AddAsync(int first, int last)
        {
            for (var number = first; number <= last; number++)
            {
                var owner = await site.AddUserAsync($"uploader-{number}");
                var torrent = await SampleTorrent.CreateAsync($"With a draft {number}");
                await site.PublishAsync(torrent, new CatalogDetails { OwnerId = owner });
                await site.InTenantAsync(async services =>
                {
                    var contentManager = services.GetRequiredService<OrchardCore.ContentManagement.IContentManager>();
                    var known = await services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.TrackerHashes[0]);
                    await contentManager.SaveDraftAsync(await contentManager.GetAsync(known!.ContentItemId, OrchardCore.ContentManagement.VersionOptions.DraftRequired));
                });
            }
        }

        async Task<int> CountAsync(string lastUploader)
        {
            // Whatever is kept of the site for later has been read by then. What the site does by itself meanwhile only adds.
            await moderator.GetStringAsync("Admin/Torrents/Index");
            var fewest = int.MaxValue;
            for (var time = 1; time <= 3; time++)
            {
                queries.Take();
                var page = await moderator.GetStringAsync("Admin/Torrents/Index");
                fewest = Math.Min(fewest, queries.Take());
                Assert.Contains(lastUploader, page, StringComparison.Ordinal);
                Assert.Contains("Draft", page, StringComparison.Ordinal);
            }

            return fewest;
        }
    }

    [Fact]
    public async Task Should_touch_nothing_but_torrents_and_need_the_token()
    {
        var page = await Site.InTenantAsync(async services =>
        {
            var contentManager = services.GetRequiredService<OrchardCore.ContentManagement.IContentManager>();
            var item = await contentManager.NewAsync("Page");
            await contentManager.CreateAsync(item);
            return item.ContentItemId;
        });
        using var moderator = await Site.SignInAsync(Fixture.Moderator);

        using (var posted = await moderator.PostFormAsync("Admin/Torrents/Index", new() { ["bulkAction"] = "Delete", ["itemIds"] = page }, "Admin/Torrents/Bulk"))
        {
            Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        }

        using var forged = await moderator.PostAsync("Admin/Torrents/Bulk", new FormUrlEncodedContent([new("bulkAction", "Delete"), new("itemIds", page)]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.NotNull(await Site.InTenantAsync(services => services.GetRequiredService<OrchardCore.ContentManagement.IContentManager>().GetAsync(page)));
    }

    private static async Task ChooseAllAsync(IPage page, string text, string action)
    {
        await page.GotoAsync($"Admin/Torrents/Index?q={Uri.EscapeDataString(text)}");
        await page.CheckAsync("#select-all");
        await page.ClickAsync("button:has-text('Actions')");
        await page.LeaveByAsync($"button[value='{action}']");
    }

    private Task<CatalogTorrent?> PublishAsync(Metainfo torrent) =>
        Site.InTenantAsync(services => services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails()));

    public sealed class Fixture : SiteFixture
    {
        public const string Moderator = "decides";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.EmptyAsync();
            await Site.AddUserAsync(Moderator, "Moderator");
        }
    }
}
