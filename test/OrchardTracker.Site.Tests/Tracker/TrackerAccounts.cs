using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The accounts of a site as they are stored.</summary>
internal static class TrackerAccounts
{
    public static Task<UserAccount?> FindAccountAsync(this TestSite site, string userId) =>
        site.InTenantAsync(services => services.GetRequiredService<AccountReader>().FindAsync(userId));

    /// <summary>Waits until a user's account is so, and looks whether it stays so when all that waits is written.</summary>
    public static async Task<UserAccount> AccountBecomesAsync(this TestSite site, string userId, Func<AccountSums, bool> condition)
    {
        await Eventually.HoldsAsync(async () => await site.FindAccountAsync(userId) is { } account && condition(account.Sums));
        await site.InTenantAsync(services =>
        {
            var tenant = services.GetRequiredService<SiteTracker>().Tenant;
            return tenant.Accounts.FlushAsync(tenant.Database!, tenant.AccountRules, CancellationToken.None);
        });
        var account = await site.FindAccountAsync(userId);
        Assert.NotNull(account);
        Assert.True(condition(account.Sums), $"It became {account.Sums}.");
        return account;
    }

    public static Task<List<TorrentAccount>> ListTorrentAccountsAsync(this TestSite site, int user) =>
        site.InTenantAsync(services => services.GetRequiredService<AccountReader>().ListTorrentsAsync(user, 0, 100));
}
