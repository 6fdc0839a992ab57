using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The rule that who takes must give.</summary>
public sealed class RatioTests
{
    private const string TooLow = "ratio";

    [Fact]
    public async Task Should_let_who_is_below_the_minimum_seed_and_finish_but_start_nothing_until_he_has_given()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetTrackerAsync(("Mode", "Private"), ("MinimumRatio", "0.5"), ("RatioGraceGigabytes", "0"));
        var id = await site.AddUserAsync("ivan");
        var at = await site.AnnouncePathOfAsync("ivan");
        using var client = site.CreateClient();
        var (first, second, free) = (Announcer.NewHash(), Announcer.NewHash(), Announcer.NewHash());
        foreach (var hash in (string[])[first, second, free])
        {
            await site.ServeAsync(hash);
        }

        await client.AnnounceAsync(first, 1001, left: 2000, extra: "&event=started", at: at);
        await client.AnnounceAsync(first, 1001, left: 1000, at: at, downloaded: 1000);
        await site.AccountBecomesAsync(id, sums => sums.Downloaded == 1000);

        // The rule follows what is written, by a moment.
        await Eventually.HoldsAsync(async () => (await client.GetStringAsync(Announcer.Path(second, 1001, at: at))).Contains(TooLow, StringComparison.Ordinal));
        await client.AnnounceAsync(first, 1001, left: 500, at: at, downloaded: 1500);
        await client.AnnounceAsync(second, 1001, left: 0, at: at);
        await site.InTenantAsync(services =>
        {
            services.GetRequiredService<ISiteTracker>().SetFreeLeech(TrackerSite.HashOf(free), isFree: true);
            return Task.CompletedTask;
        });
        await client.AnnounceAsync(free, 1001, at: at);

        await client.AnnounceAsync(first, 1001, left: 0, at: at, uploaded: 1000, downloaded: 2000);
        await site.AccountBecomesAsync(id, sums => sums.Uploaded == 1000);
        var third = Announcer.NewHash();
        await site.ServeAsync(third);
        await Eventually.HoldsAsync(async () =>
            !(await client.GetStringAsync(Announcer.Path(third, 1001, at: at))).Contains("failure reason", StringComparison.Ordinal));

        // Kept over a release of all that is in memory: it is found out from what is stored.
        await site.SetTrackerAsync(("MinimumRatio", "0.75"));
        await Eventually.HoldsAsync(async () =>
            (await client.GetStringAsync(Announcer.Path(await NewAsync(), 1002, at: at))).Contains(TooLow, StringComparison.Ordinal));
        await site.SetTrackerAsync(("RatioGraceGigabytes", "1"));
        await Eventually.HoldsAsync(async () =>
            !(await client.GetStringAsync(Announcer.Path(await NewAsync(), 1003, at: at))).Contains("failure reason", StringComparison.Ordinal));

        async Task<string> NewAsync()
        {
            var hash = Announcer.NewHash();
            await site.ServeAsync(hash);
            return hash;
        }
    }
}
