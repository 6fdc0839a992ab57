using System.Net;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>All that the module stores, on PostgreSQL.</summary>
public sealed class PostgreSqlTests(PostgreSqlTests.Fixture fixture) : IClassFixture<PostgreSqlTests.Fixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_keep_and_erase_accounts()
    {
        var id = await Site.AddUserAsync("anna");
        var at = await Site.AnnouncePathOfAsync("anna");
        var hash = Announcer.NewHash();
        await Site.ServeAsync(hash);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash, 1001, left: 100, extra: "&event=started", at: at);
        await client.AnnounceAsync(hash, 1001, left: 0, extra: "&event=completed", at: at, uploaded: 5, downloaded: 100);
        await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 5, Downloaded: 100, Completed: 1 });
        await client.AnnounceAsync(hash, 1001, left: 0, at: at, uploaded: 50, downloaded: 100);
        var account = await Site.AccountBecomesAsync(id, sums => sums is { Uploaded: 50, Downloaded: 100, Completed: 1 });
        Assert.Equal("127.0.0.1", account.Address);

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        foreach (var order in Enum.GetNames<AccountOrder>())
        {
            Assert.Contains($"Admin/Tracker/Users/Display/{id}", await admin.GetStringAsync($"Admin/Tracker/Users?Order={order}"), StringComparison.Ordinal);
        }

        Assert.Contains("data-bytes=\"50\"", await admin.GetStringAsync($"Admin/Tracker/Users/Display/{id}"), StringComparison.Ordinal);
        using var anna = await Site.SignInAsync("anna");
        Assert.Contains("\"uploadedBytes\": 50", await anna.GetStringAsync("tracker/account/export"), StringComparison.Ordinal);

        await Site.InTenantAsync(services => new AccountTrimming(services.GetRequiredService<TrackerDatabase>(), new Tomorrow())
            .TrimAsync(new AccountRules(0, 0, AccountDays: 1, AddressDays: 1)));
        Assert.Empty(await Site.ListTorrentAccountsAsync(account.Number));
        await Site.InTenantAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            Assert.True((await users.DeleteAsync((await users.FindByIdAsync(id))!)).Succeeded);
        });
        await Eventually.HoldsAsync(async () => await Site.FindAccountAsync(id) is null);
    }

    [Fact]
    public async Task Should_refuse_who_is_below_the_minimum_ratio()
    {
        await Site.SetTrackerAsync(("MinimumRatio", "0.5"), ("RatioGraceGigabytes", "0"));
        var id = await Site.AddUserAsync("bert");
        var at = await Site.AnnouncePathOfAsync("bert");
        var (first, second) = (Announcer.NewHash(), Announcer.NewHash());
        await Site.ServeAsync(first);
        await Site.ServeAsync(second);
        using var client = Site.CreateClient();
        await client.AnnounceAsync(first, 1002, extra: "&event=started", at: at);
        await client.AnnounceAsync(first, 1002, at: at, downloaded: 1000);
        await Site.AccountBecomesAsync(id, sums => sums.Downloaded == 1000);

        await Eventually.HoldsAsync(async () => (await client.GetStringAsync(Announcer.Path(second, 1002, at: at))).Contains("ratio", StringComparison.Ordinal));
        await Site.SetTrackerAsync(("MinimumRatio", "0"));
        await Eventually.HoldsAsync(async () => !(await client.GetStringAsync(Announcer.Path(second, 1002, at: at))).Contains("failure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_keep_lists_bans_and_keys()
    {
        await Site.AddUserAsync("carl");
        using var carl = await Site.SignInAsync("carl");
        var old = TrackerSite.AnnouncePathOn(Site, await carl.GetStringAsync("tracker/account"));
        using (await (await PageForm.ReadAsync(carl, "tracker/account", "form[action*=rotate]")).SendAsync())
        {
            using var client = Site.CreateClient();
            Assert.Contains("replaced", await client.AnnounceRefusedAsync(Announcer.Path(Announcer.NewHash(), 1003, at: old)), StringComparison.Ordinal);
        }

        var hashes = Enumerable.Range(0, 1200).Select(_ => Announcer.NewHash()).ToList();
        var text = new StringBuilder();
        hashes.ForEach(hash => text.Append(TrackerSite.HashOf(hash)).Append("  Listed torrent\n"));
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        using (var added = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Torrents/Add")).Set("Text", text.ToString()).SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        }

        Assert.Contains("1200 torrents", await admin.GetStringAsync("Admin/Tracker/Torrents?Search=LISTED"), StringComparison.Ordinal);
        Assert.Contains("Listed torrent", await admin.GetStringAsync("Admin/Tracker/Torrents?pagenum=3"), StringComparison.Ordinal);
        foreach (var action in (string[])["free", "usual", "block"])
        {
            using var done = await admin.PostFormAsync(
                "Admin/Tracker/Torrents", new() { ["bulkAction"] = action, ["hashes"] = TrackerSite.HashOf(hashes[0]).ToString() }, "Admin/Tracker/Torrents/Bulk");
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        Assert.Contains(TrackerSite.HashOf(hashes[0]).ToString(), await admin.GetStringAsync("Admin/Tracker/Torrents/Blocked"), StringComparison.Ordinal);
        using (var banned = await (await PageForm.ReadAsync(admin, "Admin/Tracker/Bans/Add")).Set("Kind", "User").Set("Value", "carl").Set("Reason", "noise").SendAsync())
        {
            Assert.Equal(HttpStatusCode.Redirect, banned.StatusCode);
        }

        var current = TrackerSite.AnnouncePathOn(Site, await carl.GetStringAsync("tracker/account"));
        using var later = Site.CreateClient();
        Assert.Equal("your account is banned from this tracker", await later.AnnounceRefusedAsync(Announcer.Path(hashes[1], 1003, at: current)));
        Assert.Contains("noise", await admin.GetStringAsync("Admin/Tracker/Bans?Search=CARL"), StringComparison.Ordinal);
    }

    private sealed class Tomorrow : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(2);
    }

    public sealed class Fixture : SiteFixture
    {
        private PostgreSqlServer? _server;

        protected override SiteOptions Options => new() { PostgreSql = _server!.ConnectionString };

        public override async ValueTask InitializeAsync()
        {
            _server = await PostgreSqlServer.StartAsync();
            await base.InitializeAsync();
            await Site.SetTrackerAsync(("Mode", "Private"), ("AddressDays", "1"));
        }

        public override async ValueTask DisposeAsync()
        {
            if (Site is not null)
            {
                await base.DisposeAsync();
            }

            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
