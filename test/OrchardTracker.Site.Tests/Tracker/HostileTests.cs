using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Tracker.Services;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Who wants to wear a private tracker out. Alone, because memory is measured.</summary>
[Collection(nameof(HostileTests))]
[CollectionDefinition(nameof(HostileTests), DisableParallelization = true)]
public sealed class HostileTests
{
    private const int Connections = 4;
    private const int BatchSize = 500;

    [Fact]
    public async Task Should_serve_honest_clients_through_a_million_wrong_passkeys_and_not_grow()
    {
        await using var site = await TestSite.StartAsync();
        var port = FreePort.Next();
        await site.SetTrackerAsync(("Mode", "Private"), ("PortAddress", "127.0.0.1"), ("HttpPort", port.ToString()));
        await site.AddUserAsync("anna");
        var at = await site.AnnouncePathOfAsync("anna");
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        using var client = site.CreateClient();

        // Before the address has used up what it may ask for: afterwards it is told to wait, and is in the swarm all the same.
        await client.AnnounceAsync(hash, 1001, at: at);
        var tenant = await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<SiteTracker>().Tenant));
        await AttackAsync(port, hash, 10_000, from: 0);
        var (keys, memory) = (tenant.Engine.Passkeys.Count, GC.GetTotalMemory(forceFullCollection: true));
        using var stopping = new CancellationTokenSource();
        var honest = AnnounceUntilAsync(client, hash, at, stopping.Token);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => Task.Run(() => AttackAsync(port, hash, 1_000_000 / Connections, from: 1_000_000 * (i + 1)))));
        await stopping.CancelAsync();

        Assert.True(await honest > 0);
        Assert.Equal(keys, tenant.Engine.Passkeys.Count);
        Assert.True(tenant.Engine.Store.TryGetCounts(TrackerSite.HashOf(hash), out var counts));
        Assert.Equal(1, counts.Leechers);
        Assert.True(tenant.Engine.Counters.Read(Swarms.Failure.PasskeyUnknown) >= 1_000_000);

        // A million entries of anything would take more than this.
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - memory < 48 << 20);
    }

    private static async Task<int> AnnounceUntilAsync(HttpClient client, string hash, string at, CancellationToken stopping)
    {
        var served = 0;
        while (!stopping.IsCancellationRequested)
        {
            // Refused would throw; to be told to wait is no refusal.
            await client.AnnounceAsync(hash, 1001, at: at);
            served++;
            await Task.Delay(20, CancellationToken.None);
        }

        return served;
    }

    /// <summary>Sends announces one after the other without waiting, each with another wrong key, and counts the refusals.</summary>
    private static async Task AttackAsync(int port, string hash, int count, int from)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var stream = connection.GetStream();
        var buffer = new byte[1 << 16];
        for (var sent = 0; sent < count; sent += BatchSize)
        {
            var batch = new StringBuilder();
            for (var i = 0; i < BatchSize; i++)
            {
                batch.Append("GET /").Append((from + sent + i).ToString("x32")).Append('/').Append(Announcer.Path(hash, 1001)).Append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            }

            var bytes = Encoding.ASCII.GetBytes(batch.ToString());
            var writing = stream.WriteAsync(bytes).AsTask();
            for (var (replies, matched) = (0, 0); replies < BatchSize;)
            {
                var read = await stream.ReadAsync(buffer);
                Assert.NotEqual(0, read);
                replies += CountReplies(buffer.AsSpan(0, read), ref matched);
            }

            await writing;
        }
    }

    private static int CountReplies(ReadOnlySpan<byte> bytes, ref int matched)
    {
        // Each reply holds this once; it may be cut anywhere.
        var mark = "14:failure reason"u8;
        var count = 0;
        foreach (var value in bytes)
        {
            matched = value == mark[matched] ? matched + 1 : value == mark[0] ? 1 : 0;
            if (matched == mark.Length)
            {
                matched = 0;
                count++;
            }
        }

        return count;
    }
}
