using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using OrchardCore.ContentManagement;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;
using OrchardCore.Security;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>What editors do in the list of media torrents.</summary>
public sealed class MediaListTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_hide_an_original_by_clicks_and_show_it_again()
    {
        var bytes = RandomNumberGenerator.GetBytes(20_000);
        await Site.WriteAsync("clicked.bin", bytes);
        await Site.WaitForTorrentAsync("clicked.bin");
        using var visitor = Site.CreateClient();
        var page = await Site.OpenAsAsync(TestSite.AdminName);

        await ActAsync(page, "clicked.bin", "Hide");
        await Assertions.Expect(page.Locator(".message-warning")).ToContainTextAsync("may keep copies");
        await MediaSteps.EventuallyAsync(() => Site.IsHiddenAsync("clicked.bin"), () => $"{Site.Log}");
        await page.GotoAsync("Admin/MediaTorrents?Search=clicked.bin");
        await Assertions.Expect(page.Locator("[data-hidden]")).ToBeVisibleAsync();
        using (var gone = await visitor.GetAsync("media/clicked.bin"))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        await ActAsync(page, "clicked.bin", "Show");
        await MediaSteps.EventuallyAsync(async () => !await Site.IsHiddenAsync("clicked.bin"), () => $"{Site.Log}");
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/clicked.bin"));
    }

    [Fact]
    public async Task Should_take_a_torrent_down_and_make_it_again()
    {
        await Site.WriteAsync("down.bin", RandomNumberGenerator.GetBytes(20_000));
        var entry = await Site.WaitForTorrentAsync("down.bin");
        using var visitor = Site.CreateClient();

        await Site.ActAsync("down.bin", MediaTorrent.ViewModels.MediaTorrentBulkAction.Remove);
        await Site.SweepAsync();
        using (var gone = await visitor.GetAsync("media/down.bin?torrent"))
        {
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }

        using (var file = await visitor.GetAsync("media/down.bin"))
        {
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }

        await Site.ActAsync("down.bin", MediaTorrent.ViewModels.MediaTorrentBulkAction.Remake);
        Assert.Equal(entry.InfoHash, (await Site.WaitForTorrentAsync("down.bin")).InfoHash);
    }

    [Fact]
    public async Task Should_stop_the_hashing_of_a_file_until_somebody_wants_it_again()
    {
        // Sparse: long to hash, quick to make.
        var file = Path.Combine(Site.Folder, "App_Data/Sites/Default/Media/endless.bin");
        await using (var large = File.Create(file))
        {
            large.SetLength(500L << 30);
        }

        await Site.SweepAsync();
        var publishing = await Site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>()));
        await MediaSteps.EventuallyAsync(
            () => Task.FromResult(publishing.Queue?.Jobs.Any(status => status is { Job: { Name: "endless.bin", State: PublishingState.Hashing }, Progress.BytesDone: > 0 }) == true),
            () => $"It is not being hashed.\n{Site.Log}");
        var page = await Site.OpenAsAsync(TestSite.AdminName);

        await ActAsync(page, "endless.bin", "Cancel");

        var entry = await Site.WaitForEntryAsync("endless.bin", entry => entry is { State: MediaEntryState.Cancelled });
        await MediaSteps.EventuallyAsync(
            () => Task.FromResult(publishing.Queue!.Find(entry!.EntryId) is not { Job.IsFinished: false }), () => $"It is still being hashed.\n{Site.Log}");
        await Site.SweepAsync();
        await Site.WriteAsync("after it.bin", RandomNumberGenerator.GetBytes(2_000));
        await Site.WaitForTorrentAsync("after it.bin");
        Assert.Equal(MediaEntryState.Cancelled, (await Site.FindEntryAsync("endless.bin"))!.State);

        await using (var shortened = File.Create(file))
        {
            shortened.SetLength(3_000);
        }

        await ActAsync(page, "endless.bin", "Remake");
        Assert.Equal(3_000, (await Site.WaitForTorrentAsync("endless.bin")).Length);
    }

    [Fact]
    public async Task Should_leave_a_torrent_off_the_pages_that_somebody_took_off()
    {
        await Site.WriteAsync("moderated.bin", RandomNumberGenerator.GetBytes(20_000));
        var entry = await Site.WaitForTorrentAsync("moderated.bin");
        await Site.InBackgroundAsync(services => services.GetRequiredService<ITorrentCatalog>().UnpublishAsync(entry.GetHashes()[0]));
        using var visitor = Site.CreateClient();

        // Has the entry looked at anew.
        await Site.ActAsync("moderated.bin", MediaTorrent.ViewModels.MediaTorrentBulkAction.Unlist);
        await Site.HideAsync("moderated.bin");

        CatalogTorrent? known = null;
        await Site.InBackgroundAsync(async services => known = await services.GetRequiredService<ITorrentCatalog>().FindAsync(entry.GetHashes()[0]));
        Assert.False(known!.IsPublished);
        Assert.Equal(entry.InfoHash, (await Site.WaitForTorrentAsync("moderated.bin")).InfoHash);
        using var refused = await visitor.GetAsync("media/moderated.bin?torrent");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        // Nor does the tracker serve it, now and when it has learnt anew which torrents there are.
        var announce = Announcer.Path(entry.GetHashes()[0].Announced(), 1001);
        await visitor.AnnounceRefusedAsync(announce);
        Site.Shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);
        await Site.Shells.ReleaseShellContextAsync(settings);
        await visitor.GetStringAsync("");
        await visitor.AnnounceRefusedAsync(announce);
    }

    [Fact]
    public async Task Should_offer_the_torrent_at_the_url_of_a_hidden_original_where_that_is_set()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.HiddenPage = HiddenPage.Offer);
        await site.WriteAsync("offer.bin", RandomNumberGenerator.GetBytes(20_000));
        var entry = await site.WaitForTorrentAsync("offer.bin");
        await site.HideAsync("offer.bin");
        using var visitor = site.CreateClient();

        using var response = await visitor.GetAsync("media/offer.bin");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/media-torrents/{entry.EntryId}", response.Headers.Location!.ToString());
        Assert.Contains("magnet:", await visitor.GetStringAsync(response.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_allow_uploads_above_two_gigabytes_where_that_is_set()
    {
        await using var site = await TestSite.StartAsync(new SiteOptions { Args = ["--OrchardCore:OrchardTracker_MediaTorrent:MaxUploadBytes=107374182400"] });

        Assert.Equal(107_374_182_400, await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<IOptions<MediaOptions>>().Value.MaxFileSize)));
    }

    [Fact(Explicit = true)]
    public async Task Should_make_a_torrent_of_a_file_above_four_gigabytes()
    {
        await using (var large = File.Create(Path.Combine(Site.Folder, "App_Data/Sites/Default/Media/large.wav")))
        {
            large.SetLength((4L << 30) + 12_345);
        }

        await Site.SweepAsync();

        var entry = await Site.WaitForTorrentAsync("large.wav");
        Assert.Equal((4L << 30) + 12_345, (await Site.FindTorrentAsync(entry)).TotalLength);
        await Site.HideAsync("large.wav");
        Assert.Equal(MediaEntryState.Ready, (await Site.FindEntryAsync("large.wav"))!.State);
    }

    [Fact]
    public async Task Should_show_in_the_media_library_which_file_has_a_torrent()
    {
        await Site.WriteAsync("badged.bin", RandomNumberGenerator.GetBytes(20_000));
        await Site.WaitForTorrentAsync("badged.bin");
        await Site.WriteAsync("badged-hidden.bin", RandomNumberGenerator.GetBytes(20_000));
        await Site.WaitForTorrentAsync("badged-hidden.bin");
        await Site.HideAsync("badged-hidden.bin");
        var page = await Site.OpenAsAsync(TestSite.AdminName);

        await page.GotoAsync("Admin/Media");
        await page.FillAsync("#media-filter-input", "badged");
        var visible = page.Locator("tr.media-item", new() { HasText = "badged.bin" }).Locator("[data-torrent-badge]");
        var hidden = page.Locator("tr.media-item", new() { HasText = "badged-hidden.bin" }).Locator("[data-torrent-badge]");
        await Assertions.Expect(visible).ToHaveTextAsync("Torrent", new() { Timeout = 60_000 });
        await Assertions.Expect(hidden).ToHaveTextAsync("Torrent only", new() { Timeout = 60_000 });

        await visible.ClickAsync();
        await Assertions.Expect(page.Locator("#media-torrents")).ToContainTextAsync("badged.bin");
    }

    [Fact]
    public async Task Should_make_a_torrent_from_the_media_library_of_a_file_that_no_rule_wants_one_of()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.Choices = settings.Choices with { Make = false });
        foreach (var name in (string[])["wanted.bin", "wanted-hidden.bin"])
        {
            await site.WriteAsync(name, RandomNumberGenerator.GetBytes(20_000));
        }

        var page = await site.OpenAsAsync(TestSite.AdminName);
        await page.GotoAsync("Admin/Media");
        await page.FillAsync("#media-filter-input", "wanted");
        var visible = page.Locator("tr.media-item", new() { HasText = "wanted.bin" });
        var hidden = page.Locator("tr.media-item", new() { HasText = "wanted-hidden.bin" });

        await visible.Locator("[data-torrent-action=Remake]").ClickAsync();
        await hidden.Locator("[data-torrent-action=Hide]").ClickAsync();

        await Assertions.Expect(visible.Locator("[data-torrent-badge]")).ToHaveTextAsync("Torrent", new() { Timeout = 60_000 });
        await Assertions.Expect(hidden.Locator("[data-torrent-badge]")).ToHaveTextAsync("Torrent only", new() { Timeout = 60_000 });
        await site.WaitForTorrentAsync("wanted.bin");
        await site.WaitForTorrentAsync("wanted-hidden.bin");
        Assert.True(await site.IsHiddenAsync("wanted-hidden.bin"));
    }

    [Fact]
    public async Task Should_count_what_programs_fetch_at_the_media_url_and_not_what_browsers_show()
    {
        await Site.WriteAsync("counted.bin", RandomNumberGenerator.GetBytes(20_000));
        await Site.WaitForTorrentAsync("counted.bin");
        var meter = (await Site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>()))).WebSeeds;
        var before = meter.Uploaded;
        using var visitor = Site.CreateClient();
        visitor.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0");
        await visitor.GetByteArrayAsync("media/counted.bin");
        visitor.DefaultRequestHeaders.UserAgent.Clear();
        visitor.DefaultRequestHeaders.UserAgent.ParseAdd("aria2/1.37");

        await visitor.GetByteArrayAsync("media/counted.bin");
        using var part = new HttpRequestMessage(HttpMethod.Get, "media/counted.bin") { Headers = { Range = new(1_000, 1_999) } };
        using var response = await visitor.SendAsync(part);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        await MediaSteps.EventuallyAsync(() => Task.FromResult(meter.Uploaded - before >= 21_000), () => $"{meter.Uploaded - before} bytes are counted.");
        Assert.Equal(21_000, meter.Uploaded - before);
    }

    [Fact]
    public async Task Should_offer_a_widget_with_what_the_swarm_gave_itself()
    {
        await Site.InTenantAsync(async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var widget = await contents.NewAsync("MediaTorrentsDashboardWidget");
            widget.DisplayText = "Given by the swarm";
            await contents.CreateAsync(widget, VersionOptions.Published);
        });
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        Assert.Contains("media-torrents-widget", await admin.GetStringAsync("Admin"), StringComparison.Ordinal);
        Assert.Contains("MediaTorrentsDashboardWidget", await admin.GetStringAsync("Admin/dashboard/manage"), StringComparison.Ordinal);

        // Who may see the dashboard but no media torrents sees no numbers.
        await Site.InTenantAsync(async services => await services.GetRequiredService<RoleManager<IRole>>().CreateAsync(
            new Role { RoleName = "Watcher", RoleClaims = [RoleClaim.Create("AccessAdminPanel"), RoleClaim.Create("AccessAdminDashboard"), RoleClaim.Create("ViewContent")] }));
        await Site.AddUserAsync("watcher", "Watcher");
        using var watcher = await Site.SignInAsync("watcher");
        Assert.DoesNotContain("media-torrents-widget", await watcher.GetStringAsync("Admin"), StringComparison.Ordinal);
    }

    private static async Task ActAsync(IPage page, string path, string action)
    {
        await page.GotoAsync($"Admin/MediaTorrents?Search={path}");
        await page.CheckAsync("[name=itemIds]");
        await page.SelectOptionAsync("#bulkAction", action);
        await page.LeaveByAsync("text=Do it");
    }
}
