using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Publishing.Tests.Seeding;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>The site's seeder leaves a swarm to itself that has seeders enough, as the settings want it.</summary>
public sealed class StepBackTests(ClientSite site) : IClassFixture<ClientSite>
{
    private const int OwnPort = 1001;

    private TestSite Site => site.Site;

    [Fact]
    public async Task Should_step_back_while_a_swarm_has_seeders_enough_and_return_when_they_leave()
    {
        var (entry, bytes) = await site.PublishAsync("only/busy.bin", 100_000);
        var (other, _) = await site.PublishAsync("only/quiet.bin", 100_000);
        var hash = entry.GetHashes()[0];
        using var client = Site.CreateClient();
        await Site.SetAsync(settings => settings.SeederStepsBackAt = 1);
        await MediaSteps.EventuallyAsync(() => Task.FromResult(site.Publishing.Seeder.Current?.Options.StepsBackAt == 1), () => $"The setting does not count.\n{Site.Log}");
        await WaitForSeedersAsync(client, entry, 1);

        // Another seeder comes, and the site's own leaves.
        Assert.Equal(2, (await client.AnnounceAsync(hash.Announced(), OwnPort, left: 0)).Seeders);
        await WaitForSeedersAsync(client, entry, 1);
        using (var late = await TestPeer.ConnectAsync(site.Publishing.Seeder.Current!.Port))
        {
            await late.SendHandshakeAsync(hash);
            Assert.True(await late.IsLetGoAsync());
        }

        using (var elsewhere = await TestPeer.JoinAsync(site.Publishing.Seeder.Current!, other.GetHashes()[0]))
        {
            await elsewhere.BeServedAsync();
        }

        // It leaves as well, and the site's own returns.
        await client.AnnounceAsync(hash.Announced(), OwnPort, left: 0, extra: "&event=stopped");
        await WaitForSeedersAsync(client, entry, 1);
        using var peer = await TestPeer.JoinAsync(site.Publishing.Seeder.Current!, hash);
        await peer.BeServedAsync();
        Assert.Equal(bytes[..16_384], await peer.DownloadAsync(0, 0, 16_384));
    }

    private Task WaitForSeedersAsync(HttpClient client, MediaEntry entry, int expected)
    {
        var seeders = -1;
        return MediaSteps.EventuallyAsync(
            async () => (seeders = await CountAsync(client, entry)) == expected, () => $"There are {seeders} seeders.\n{Site.Log}");
    }

    private static async Task<int> CountAsync(HttpClient client, MediaEntry entry)
    {
        var counts = System.Text.Json.Nodes.JsonNode.Parse(await client.GetStringAsync($"api/torrents/counts?h={entry.InfoHash}"))!;
        return counts[0]!["seeders"]!.GetValue<int>();
    }
}
