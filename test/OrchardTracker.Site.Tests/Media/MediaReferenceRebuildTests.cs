using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Data;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Site.Tests.Hosting;
using YesSql;
using ISession = YesSql.ISession;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Which files belong to which items is found anew when a field comes to offer its files.</summary>
public sealed class MediaReferenceRebuildTests
{
    // More than are looked at in one go.
    private const int Items = 110;

    [Fact]
    public async Task Should_go_on_after_a_restart_where_it_was_stopped()
    {
        var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync(offersTorrents: false);
        for (var number = 1; number <= Items; number++)
        {
            await site.AddReleaseAsync($"Release {number}", isPublished: true, $"release-{number}.bin");
        }

        await site.InTenantAsync(services => services.GetRequiredService<TenantPublishing>().StopAsync());
        await site.DefineReleaseAsync();
        Assert.Equal(MediaReferenceProgress.Underway, await ContinueAsync(site));
        var found = await CountReferencesAsync(site);
        Assert.InRange(found, 1, Items - 1);

        // Whoever begins anew finds them again.
        await ForgetReferencesAsync(site);
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = await site.StopAsync() });
        await MediaSteps.EventuallyAsync(
            async () => await FindStateAsync(again) is { NextDefinitions: null, Definitions: var definitions } && definitions.Contains("Release.Files", StringComparison.Ordinal),
            () => $"The items are not looked at.\n{again.Log}");

        Assert.Equal(Items - found, await CountReferencesAsync(again));
        Assert.Equal(MediaReferenceProgress.None, await ContinueAsync(again));
    }

    [Fact]
    public async Task Should_begin_anew_when_the_fields_change_back_meanwhile()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        for (var number = 1; number <= Items; number++)
        {
            await site.AddReleaseAsync($"Release {number}", isPublished: true, $"release-{number}.bin");
        }

        Assert.Equal(Items, await CountReferencesAsync(site));
        await site.InTenantAsync(services => services.GetRequiredService<TenantPublishing>().StopAsync());
        await FinishAsync(site);
        await site.DefineReleaseAsync(offersTorrents: false);
        Assert.Equal(MediaReferenceProgress.Underway, await ContinueAsync(site));
        Assert.InRange(await CountReferencesAsync(site), 1, Items - 1);

        await site.DefineReleaseAsync();
        await FinishAsync(site);

        Assert.Equal(Items, await CountReferencesAsync(site));
    }

    [Fact]
    public async Task Should_look_at_nothing_the_first_time_where_no_item_can_have_files()
    {
        await using var site = await TestSite.StartAsync();
        await site.InTenantAsync(services => services.GetRequiredService<TenantPublishing>().StopAsync());
        await site.InTenantAsync(async services =>
        {
            var session = services.GetRequiredService<ISession>();
            session.Delete((await QueryStateAsync(session))!, MediaEntryStore.Collection);
            await session.SaveChangesAsync();
        });

        Assert.Equal(MediaReferenceProgress.None, await ContinueAsync(site));

        Assert.NotNull(await FindStateAsync(site));
    }

    private static Task<MediaReferenceProgress> ContinueAsync(TestSite site) =>
        site.InTenantAsync(services => services.GetRequiredService<MediaReferenceRebuild>().ContinueAsync());

    private static async Task FinishAsync(TestSite site)
    {
        // Each time it looks at a hundred items.
        for (var steps = 1; await ContinueAsync(site) == MediaReferenceProgress.Underway; steps++)
        {
            Assert.InRange(steps, 1, 10);
        }
    }

    private static Task<MediaReferenceState?> FindStateAsync(TestSite site) =>
        site.InTenantAsync(services => QueryStateAsync(services.GetRequiredService<ISession>()));

    private static Task<MediaReferenceState?> QueryStateAsync(ISession session) =>
        session.Query<MediaReferenceState>(MediaEntryStore.Collection).FirstOrDefaultAsync()!;

    private static Task<int> CountReferencesAsync(TestSite site) =>
        site.InTenantAsync(services => services.GetRequiredService<ISession>().QueryIndex<MediaReferenceIndex>().CountAsync());

    private static Task ForgetReferencesAsync(TestSite site) => site.InTenantAsync(async services =>
    {
        await using var connection = services.GetRequiredService<IDbConnectionAccessor>().CreateConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"DELETE FROM {nameof(MediaReferenceIndex)}";
        await command.ExecuteNonQueryAsync();
    });
}
