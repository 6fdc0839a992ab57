using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Media;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What users of a private tracker have done, from the announces of their clients to the pages.</summary>
public sealed class AccountTests(AccountTests.Fixture fixture) : IClassFixture<AccountTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_add_what_a_client_says_to_its_users_account_and_show_it_to_him_and_the_administrator()
    {
        var (id, at) = await AddAsync("anna");
        using var client = Site.CreateClient();
        var hash = await NewTorrentAsync();
        await client.AnnounceAsync(hash, 1001, left: 123_000, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1001, left: 23_000, at: at, uploaded: 40_000, downloaded: 100_000);
        await client.AnnounceAsync(hash, 1001, left: 0, extra: "&event=completed&corrupt=500", at: at, uploaded: 41_000, downloaded: 123_000);

        var account = await Site.AccountBecomesAsync(
            id, sums => sums is { Uploaded: 41_000, Downloaded: 123_000, Corrupt: 500, CreditedUp: 41_000, CreditedDown: 123_000, Completed: 1 });

        Assert.Null(account.Address);
        var torrent = Assert.Single(await Site.ListTorrentAccountsAsync(account.Number));
        Assert.Equal(TrackerSite.HashOf(hash), torrent.Torrent);
        Assert.Equal(account.Sums.Downloaded, torrent.Sums.Downloaded);

        using var anna = await Site.SignInAsync("anna");
        var own = await anna.GetStringAsync("tracker/account");
        Assert.Contains("data-sum=\"downloaded\" data-bytes=\"123000\"", own, StringComparison.Ordinal);
        Assert.Contains(TrackerSite.HashOf(hash).ToString(), own, StringComparison.Ordinal);

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.Contains($"Admin/Tracker/Users/Display/{id}", await admin.GetStringAsync("Admin/Tracker/Users"), StringComparison.Ordinal);
        Assert.Contains($"Admin/Tracker/Users/Display/{id}", await admin.GetStringAsync("Admin/Tracker/Users?Search=ANN&Order=Uploaded"), StringComparison.Ordinal);
        Assert.DoesNotContain($"Admin/Tracker/Users/Display/{id}", await admin.GetStringAsync("Admin/Tracker/Users?Search=nobody"), StringComparison.Ordinal);
        Assert.Contains("data-sum=\"uploaded\" data-bytes=\"41000\"", await admin.GetStringAsync($"Admin/Tracker/Users/Display/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_nothing_twice()
    {
        var (id, at) = await AddAsync("bert");
        using var client = Site.CreateClient();
        var (v1, v2) = (Announcer.NewHash(), Announcer.NewHash());
        await Site.InTenantAsync(services =>
        {
            services.GetRequiredService<ISiteTracker>().Serve(TrackerSite.HashOf(v1), TrackerSite.HashOf(v2));
            return Task.CompletedTask;
        });

        await Say(v1, uploaded: 0, "&event=started");
        await Say(v2, uploaded: 0, "&event=started");
        await Say(v1, uploaded: 1000);
        await Say(v2, uploaded: 1000); // the same bytes under the other hash
        await Say(v1, uploaded: 1000); // again
        await Say(v1, uploaded: 700); // came late
        await Say(v1, uploaded: 0, "&event=started"); // restarted: begins anew
        await Say(v1, uploaded: 30);
        await Say(v1, uploaded: 30, "&event=stopped");

        var account = await Site.AccountBecomesAsync(id, sums => sums.Uploaded == 1030);
        Assert.Equal(TrackerSite.HashOf(v1), Assert.Single(await Site.ListTorrentAccountsAsync(account.Number)).Torrent);

        Task Say(string hash, long uploaded, string extra = "") => client.AnnounceAsync(hash, 1002, left: 0, extra: extra, at: at, uploaded: uploaded);
    }

    [Fact]
    public async Task Should_stay_within_bounds_whatever_clients_claim()
    {
        var (id, at) = await AddAsync("carl");
        using var client = Site.CreateClient();
        for (var port = 1010; port < 1020; port++)
        {
            var hash = await NewTorrentAsync();
            await client.AnnounceAsync(hash, port, extra: "&event=started", at: at);
            await client.AnnounceAsync(hash, port, at: at, uploaded: 1L << 60, downloaded: 1L << 60);
        }

        var account = await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 1L << 60, Downloaded: 1L << 60 });
        Assert.Equal(10, (await Site.ListTorrentAccountsAsync(account.Number)).Count);
        using var carl = await Site.SignInAsync("carl");
        Assert.Contains("1.00 EiB", await carl.GetStringAsync("tracker/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_count_torrents_by_the_terms_that_an_administrator_sets()
    {
        var (id, at) = await AddAsync("dora");
        using var client = Site.CreateClient();
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var hash = Announcer.NewHash();
        using (var added = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", TrackerSite.HashOf(hash).ToString()).SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        }

        await SetAsync("free-double");
        await client.AnnounceAsync(hash, 1003, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1003, at: at, uploaded: 100, downloaded: 1000);
        await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 100, Downloaded: 1000, CreditedUp: 200, CreditedDown: 0 });
        Assert.Contains("free leech", await admin.GetStringAsync("Admin/Tracker/Torrents"), StringComparison.Ordinal);

        await SetAsync("usual");
        await client.AnnounceAsync(hash, 1003, at: at, uploaded: 110, downloaded: 1100);
        await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 110, Downloaded: 1100, CreditedUp: 210, CreditedDown: 100 });

        async Task SetAsync(string action)
        {
            using var set = await admin.PostFormAsync(
                "Admin/Tracker/Torrents", new() { ["bulkAction"] = action, ["hashes"] = TrackerSite.HashOf(hash).ToString() }, "Admin/Tracker/Torrents/Bulk");
            Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        }
    }

    [Fact]
    public async Task Should_hand_a_user_all_that_is_kept_of_him_and_erase_it_with_him()
    {
        var (id, at) = await AddAsync("emil");
        using var client = Site.CreateClient();
        var hash = await NewTorrentAsync();
        await client.AnnounceAsync(hash, 1004, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1004, at: at, uploaded: 7, downloaded: 8);
        var account = await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 7, Downloaded: 8 });

        using var emil = await Site.SignInAsync("emil");
        var export = JsonNode.Parse(await emil.GetStringAsync("tracker/account/export"))!;
        Assert.Equal("emil", export["user"]!.GetValue<string>());
        Assert.Equal(7, export["total"]!["uploadedBytes"]!.GetValue<long>());
        var torrent = Assert.Single(export["torrents"]!.AsArray())!;
        Assert.Equal(TrackerSite.HashOf(hash).ToString(), torrent["infoHash"]!.GetValue<string>());
        Assert.Equal(8, torrent["downloadedBytes"]!.GetValue<long>());

        await client.AnnounceAsync(hash, 1004, at: at, uploaded: 70, downloaded: 80);
        await Site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            Assert.True((await users.DeleteAsync((await users.FindByIdAsync(id))!)).Succeeded);
        });

        await Eventually.HoldsAsync(async () => await Site.FindAccountAsync(id) is null && (await Site.ListTorrentAccountsAsync(account.Number)).Count == 0);
    }

    [Fact]
    public async Task Should_let_an_administrator_revoke_a_passkey()
    {
        var (id, at) = await AddAsync("fred");
        using var client = Site.CreateClient();
        var hash = await NewTorrentAsync();
        await client.AnnounceAsync(hash, 1005, at: at);
        using var admin = await Site.SignInAsync(TestSite.AdminName);

        using var revoked = await (await PageForm.ReadAsync(admin, $"Admin/Tracker/Users/Display/{id}", "form[action*=Revoke]")).SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, revoked.StatusCode);
        Assert.Contains("has been replaced by a newer one", await client.AnnounceRefusedAsync(Announcer.Path(hash, 1005, at: at)), StringComparison.Ordinal);
        await client.AnnounceAsync(hash, 1005, at: await Site.AnnouncePathOfAsync("fred"));
    }

    [Fact]
    public async Task Should_erase_what_was_kept_long_enough()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"), ("AddressDays", "10"));
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        var id = await site.AddUserAsync("gerd");
        var at = await site.AnnouncePathOfAsync("gerd");
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash, 1006, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1006, at: at, uploaded: 5);
        var account = await site.AccountBecomesAsync(id, sums => sums.Uploaded == 5);
        Assert.Equal("127.0.0.1", account.Address);

        await TrimAsync(days: 9);
        Assert.Equal("127.0.0.1", (await site.FindAccountAsync(id))!.Address);
        Assert.Single(await site.ListTorrentAccountsAsync(account.Number));

        await TrimAsync(days: 11);
        Assert.Null((await site.FindAccountAsync(id))!.Address);
        Assert.Single(await site.ListTorrentAccountsAsync(account.Number));

        await TrimAsync(days: 31);
        Assert.Empty(await site.ListTorrentAccountsAsync(account.Number));
        Assert.Equal(5, (await site.FindAccountAsync(id))!.Sums.Uploaded);

        Task TrimAsync(int days) => site.InTenantAsync(services =>
            new AccountTrimming(services.GetRequiredService<TrackerDatabase>(), new Later(TimeSpan.FromDays(days)))
                .TrimAsync(new AccountRules(0, 0, AccountDays: 30, AddressDays: 10)));
    }

    [Fact]
    public async Task Should_lose_nothing_when_the_site_is_stopped_at_once()
    {
        var hash = Announcer.NewHash();
        var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.ServeAsync(hash);
        var id = await site.AddUserAsync("hans");
        var at = await site.AnnouncePathOfAsync("hans");
        using (var client = site.CreateClient())
        {
            await client.AnnounceAsync(hash, 1007, extra: "&event=started", at: at);
            await client.AnnounceAsync(hash, 1007, at: at, uploaded: 12);
        }

        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });

        Assert.Equal(12, (await again.FindAccountAsync(id))!.Sums.Uploaded);

        // The client has not noticed: its next announce counts from where the last one was.
        await again.ServeAsync(hash);
        using var later = again.CreateClient();
        await later.AnnounceAsync(hash, 1007, at: at, uploaded: 20);
        await again.AccountBecomesAsync(id, sums => sums.Uploaded == 20);
    }

    [Fact]
    public async Task Should_count_nothing_twice_and_bring_no_peer_back_when_the_site_is_killed_after_a_restart()
    {
        var hash = Announcer.NewHash();
        var first = await TestSite.StartAsync();
        await first.SetTrackerAsync(("Mode", "Private"));
        using (var admin = await first.SignInAsync(TestSite.AdminName))
        using (await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", TrackerSite.HashOf(hash).ToString()).SendAsync())
        {
            // Registered for longer than one process.
        }

        var at = await first.AnnouncePathOfAsync(TestSite.AdminName);
        using (var client = first.CreateClient())
        {
            await client.AnnounceAsync(hash, 1008, left: 0, at: at);
            await client.AnnounceAsync(hash, 1009, extra: "&event=started", at: at);
            await client.AnnounceAsync(hash, 1009, at: at, uploaded: 1000);
        }

        var folder = await first.StopAsync();
        await using (var killed = await SiteProcess.StartAsync(folder))
        {
            using var admin = await killed.SignInAsync();
            Assert.Equal((1, 1), await admin.AnnounceAsync(hash, 1009, at: at, uploaded: 3000));
            await Eventually.HoldsAsync(async () =>
                (await admin.GetStringAsync("tracker/account")).Contains("data-sum=\"uploaded\" data-bytes=\"3000\"", StringComparison.Ordinal));
            await killed.KillAsync();
        }

        // What was sent while nobody knew from where to count on is lost; nothing is counted again.
        await using var site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var later = site.CreateClient();
        Assert.Equal((0, 1), await later.AnnounceAsync(hash, 1009, at: at, uploaded: 3500));
        await later.AnnounceAsync(hash, 1009, at: at, uploaded: 3600);
        var id = await site.AddUserAsync(TestSite.AdminName);
        await site.AccountBecomesAsync(id, sums => sums.Uploaded == 3100);
    }

    [Fact]
    public async Task Should_count_nothing_twice_when_somebody_sets_the_clock()
    {
        var clock = new SettableClock();
        await using var site = await TestSite.StartAsync(new SiteOptions { Configure = builder => builder.Services.AddSingleton<TimeProvider>(clock) });
        await site.SetTrackerAsync(("Mode", "Private"));
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        var id = await site.AddUserAsync("ines");
        var at = await site.AnnouncePathOfAsync("ines");
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash, 1008, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1008, left: 0, extra: "&event=completed", at: at, uploaded: 100);
        await site.AccountBecomesAsync(id, sums => sums is { Uploaded: 100, Completed: 1 });

        // Back by more than a year, then forward by two: peers stay, and what they have told already counts no more.
        var uploaded = 100;
        foreach (var days in (int[])[-400, 800])
        {
            clock.SetBy(TimeSpan.FromDays(days));
            Assert.Equal((1, 0), await client.AnnounceAsync(hash, 1008, left: 0, extra: "&event=completed", at: at, uploaded: uploaded));
            uploaded += 30;
            await client.AnnounceAsync(hash, 1008, left: 0, at: at, uploaded: uploaded);
            var account = await site.AccountBecomesAsync(id, sums => sums.Uploaded == uploaded);
            Assert.Equal(1, account.Sums.Completed);
            Assert.InRange(account.Sums.SeedingTime, TimeSpan.Zero, TimeSpan.FromHours(1));
        }

        Assert.InRange((await site.FindAccountAsync(id))!.Sums.LastSeen, DateTimeOffset.UtcNow.AddDays(399), DateTimeOffset.UtcNow.AddDays(401));
    }

    private async Task<(string Id, string At)> AddAsync(string user)
    {
        var id = await Site.AddUserAsync(user);
        return (id, await Site.AnnouncePathOfAsync(user));
    }

    private async Task<string> NewTorrentAsync()
    {
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        return hash;
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }

    /// <summary>Somebody sets it; time passes as it does.</summary>
    private sealed class SettableClock : TimeProvider
    {
        private long _offset;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

        public void SetBy(TimeSpan span) => Interlocked.Add(ref _offset, span.Ticks);
    }

    public sealed class Fixture : SiteFixture
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Site.SetTrackerAsync(("Mode", "Private"));
        }
    }
}
