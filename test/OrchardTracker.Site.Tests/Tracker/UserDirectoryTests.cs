using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Security;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Users;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Users of a private tracker who change without an event of this process: on another server of the site, or past Orchard Core.</summary>
public sealed class UserDirectoryTests
{
    private const string Member = "Member";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_notice_who_was_changed_by_somebody_else(bool onPostgreSql)
    {
        await using var server = onPostgreSql ? await PostgreSqlServer.StartAsync() : null;
        await using var site = await TestSite.StartAsync(new SiteOptions { PostgreSql = server?.ConnectionString });
        await site.SetTrackerAsync(("Mode", "Private"));
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        await MakeMembersAnnounceAsync(site);
        var (anna, bert, carl) = (await site.AddUserAsync("anna", Member), await site.AddUserAsync("bert", Member), await site.AddUserAsync("carl", Member));
        var (atAnna, atBert, atCarl) = (await site.AnnouncePathOfAsync("anna"), await site.AnnouncePathOfAsync("bert"), await site.AnnouncePathOfAsync("carl"));
        using var client = site.CreateClient();
        await client.AnnounceAsync(hash, 1001, at: atAnna);

        // Within seconds, by what is stored.
        await ChangeAsync(site, anna, user => user.IsEnabled = false);
        await RefusedAsync(atAnna, "not permitted");
        await ChangeAsync(site, anna, user => user.IsEnabled = true);
        await AnswersAsync(atAnna);
        await ChangeAsync(site, anna, user => user.RoleNames.Remove(Member));
        await RefusedAsync(atAnna, "not permitted");
        await AnswersAsync(atBert);

        // What leaves no trace in the index of users is found by counting.
        Assert.False(await HasDriftedAsync(site));
        await site.InTenantAsync(services => services.GetRequiredService<TrackerUsers>().RotateAsync(bert));
        Assert.True(await HasDriftedAsync(site));
        await LoadAsync(site);
        await RefusedAsync(atBert, "replaced by a newer one");
        Assert.False(await HasDriftedAsync(site));
        await site.InTenantAsync(async services => services.GetRequiredService<ISession>().Delete(await FindAsync(services, carl)));
        Assert.True(await HasDriftedAsync(site));
        await LoadAsync(site);
        await RefusedAsync(atCarl, "not valid");
        Assert.Null(await site.InTenantAsync(services => services.GetRequiredService<TrackerUsers>().FindAsync(carl)));
        Assert.False(await HasDriftedAsync(site));

        Task RefusedAsync(string at, string reason) => Eventually.HoldsAsync(async () => (await AskAsync(at)).Contains(reason, StringComparison.Ordinal));

        Task AnswersAsync(string at) => Eventually.HoldsAsync(async () => (await AskAsync(at)).Contains("incomplete", StringComparison.Ordinal));

        Task<string> AskAsync(string at) => client.GetStringAsync(Announcer.Path(hash, 1001, at: at));
    }

    private static Task MakeMembersAnnounceAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        var roles = services.GetRequiredService<RoleManager<IRole>>();
        await roles.CreateAsync(new Role { RoleName = Member, RoleClaims = [RoleClaim.Create("AnnounceToTracker")] });
        var authenticated = (Role)(await roles.FindByNameAsync("Authenticated"))!;
        authenticated.RoleClaims.RemoveAll(claim => claim.ClaimValue == "AnnounceToTracker");
        await roles.UpdateAsync(authenticated);
    });

    private static Task ChangeAsync(TestSite site, string id, Action<User> change) => site.InTenantAsync(async services =>
    {
        var user = await FindAsync(services, id);
        change(user);
        await services.GetRequiredService<ISession>().SaveAsync(user);
    });

    private static Task<User> FindAsync(IServiceProvider services, string id) =>
        services.GetRequiredService<ISession>().Query<User, UserIndex>(index => index.UserId == id).FirstOrDefaultAsync();

    private static Task<bool> HasDriftedAsync(TestSite site) => site.InTenantAsync(services => services.GetRequiredService<UserDirectory>().HasDriftedAsync());

    private static Task LoadAsync(TestSite site) => site.InTenantAsync(async services =>
        await services.GetRequiredService<UserDirectory>().LoadAsync(await services.GetRequiredService<AnnounceRolesReader>().ReadAsync()));
}
