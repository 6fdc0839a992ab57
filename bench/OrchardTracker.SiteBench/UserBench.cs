using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Entities;
using OrchardCore.Settings;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardTracker.Bench;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Settings;
using OrchardTracker.Tracker.Users;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.SiteBench;

/// <summary>What a private tracker pays for its users: when the site starts, when one of them changes, when one announces.</summary>
internal static class UserBench
{
    private const int Rounds = 25;
    private const int LookUps = 2_000_000;

    public static async Task RunAsync(TextWriter output, int count, string? postgreSql)
    {
        await using var site = await BenchSite.StartAsync(postgreSql);
        await Console.Error.WriteLineAsync($"Filling the site with {count:N0} users.");
        await BenchUsers.FillAsync(site, count);
        var emptyStart = await TimeRestartAsync(site);
        var table = new Table($"{count:N0} users on {(postgreSql is null ? "SQLite" : "PostgreSQL")}", "ms", "queries", "other writes waited, ms");

        using (var queries = await AttachAsync(site))
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await MeasureAsync("load, with a number for each for the first time", LoadAsync);
            var tenant = await FindTenantAsync(site);
            var held = GC.GetTotalMemory(forceFullCollection: true) - before;
            await MeasureAsync("load again, nothing has changed", LoadAsync);
            await MeasureAsync("load again, the half with a role may announce", services =>
                services.GetRequiredService<UserDirectory>().LoadAsync(new AnnounceRoles(false, System.Collections.Frozen.FrozenSet.Create(BenchUsers.Role.ToUpperInvariant()), null)));
            await MeasureAsync("load again, all may announce", LoadAsync);
            await MeasureAsync("look who has changed: nobody", services => services.GetRequiredService<UserDirectory>().RefreshStoredAsync());
            await MeasureAsync("count them", services => services.GetRequiredService<UserDirectory>().HasDriftedAsync());
            await MeasureManyAsync("one user has changed", (services, user) => services.GetRequiredService<UserDirectory>().RefreshAsync(user));
            await MeasureManyAsync("one user has a new passkey", (services, user) => services.GetRequiredService<UserDirectory>().RotateAsync(user));
            await output.WriteLineAsync($"Held in memory for {tenant.Engine.Passkeys.Count:N0} passkeys: {held / (double)(1 << 20):N0} MiB, {held / (double)count:N0} bytes for each.");
            await output.WriteLineAsync($"Finding the owner of a passkey: {await TimeLookUpsAsync(site, tenant, count):N0} ns.");

            async Task MeasureAsync(string name, Func<IServiceProvider, Task> work)
            {
                await using var writer = await OtherWriter.StartAsync(site);
                queries.Take();
                var start = Stopwatch.GetTimestamp();
                await site.InTenantAsync(work);
                table.Add(name, Stopwatch.GetElapsedTime(start).TotalMilliseconds, queries.Take(), await writer.StopAsync());
            }

            async Task MeasureManyAsync(string name, Func<IServiceProvider, User, Task> work)
            {
                List<(double Time, int Queries)> seen = [];
                for (var round = 0; round < Rounds; round++)
                {
                    await site.InTenantAsync(async services =>
                    {
                        var id = BenchUsers.Id(1 + (round * (count / Rounds)));
                        var user = await services.GetRequiredService<ISession>().Query<User, UserIndex>(index => index.UserId == id).FirstOrDefaultAsync();
                        queries.Take();
                        var start = Stopwatch.GetTimestamp();
                        await work(services, user);
                        seen.Add((Stopwatch.GetElapsedTime(start).TotalMilliseconds, queries.Take()));
                    });
                }

                table.Add(name, seen.Select(one => one.Time).Order().ElementAt(Rounds / 2), seen.Max(one => one.Queries), "");
            }
        }

        await site.InTenantAsync(async services =>
        {
            var settings = services.GetRequiredService<ISiteService>();
            var own = await settings.LoadSiteSettingsAsync();
            own.Put(new TrackerSiteSettings { Mode = TrackerMode.Private });
            await settings.UpdateSiteSettingsAsync(own);
        });
        table.Add("start of the site, private", await TimeRestartAsync(site), "", "");
        table.Add("start of the site, open", emptyStart, "", "");
        table.Write(output);
    }

    private static async Task LoadAsync(IServiceProvider services) =>
        await services.GetRequiredService<UserDirectory>().LoadAsync(await services.GetRequiredService<AnnounceRolesReader>().ReadAsync());

    private static async Task<QueryCounter> AttachAsync(BenchSite site)
    {
        QueryCounter? counter = null;
        await site.InTenantAsync(services =>
        {
            counter = QueryCounter.Attach(services.GetRequiredService<IStore>());
            return Task.CompletedTask;
        });
        return counter!;
    }

    private static async Task<TenantTracker> FindTenantAsync(BenchSite site)
    {
        TenantTracker? tenant = null;
        await site.InTenantAsync(services =>
        {
            tenant = services.GetRequiredService<SiteTracker>().Tenant;
            return Task.CompletedTask;
        });
        return tenant!;
    }

    private static async Task<double> TimeRestartAsync(BenchSite site)
    {
        var start = Stopwatch.GetTimestamp();
        await site.RestartAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>In nanoseconds, for keys all over the directory.</summary>
    private static async Task<double> TimeLookUpsAsync(BenchSite site, TenantTracker tenant, int count)
    {
        var keys = new Passkey[Math.Min(count, 100_000)];
        await site.InTenantAsync(async services =>
        {
            var random = new Random(1);
            for (var i = 0; i < keys.Length; i++)
            {
                var user = (await services.GetRequiredService<TrackerUsers>().FindAsync(BenchUsers.Id(random.Next(1, count))))!;
                keys[i] = tenant.Users.Secret!.Derive(user.UserId, user.Generation);
            }
        });
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < LookUps; i++)
        {
            if (tenant.Engine.Passkeys.Find(keys[i % keys.Length]).User == 0)
            {
                throw new InvalidOperationException("A passkey is nobody's.");
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / LookUps;
    }
}
