using System.Diagnostics;
using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Interop.Tests.Formats;

/// <summary>Our tracker client and a tracker of somebody else.</summary>
public sealed class TrackerClientTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("udp")]
    public async Task Should_announce_to_opentracker_and_scrape_it(string scheme)
    {
        var opentracker = Tool.Require("opentracker", "opentracker");
        var hash = new InfoHash([.. Guid.NewGuid().ToByteArray(), 1, 2, 3, 0]);
        var folder = Directory.CreateTempSubdirectory("orchardtracker-opentracker-");
        try
        {
            // Debian's build serves only what is on a list, as another user, who must be able to read it.
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "list"), hash + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            }

            var port = FreePort.Next();
            using var process = opentracker.Start("-i", "127.0.0.1", "-p", $"{port}", "-P", $"{port}", "-u", "nobody", "-d", folder.FullName, "-w", "list");
            try
            {
                await AnnounceAndScrapeAsync($"{scheme}://127.0.0.1:{port}/announce", hash, process);
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AnnounceAndScrapeAsync(string url, InfoHash hash, Process process)
    {
        using var client = new TrackerClient(new TrackerClientOptions { UdpTimeout = TimeSpan.FromSeconds(2) });
        var seeder = new TrackerAnnounceRequest
        {
            InfoHash = hash,
            PeerId = new PeerId("-OT0100-seederseeder"u8),
            Port = 6881,
            Event = AnnounceEvent.Started,
            Key = 1,
        };
        await UntilItAnswersAsync(() => client.AnnounceAsync(url, seeder), process);
        var response = await client.AnnounceAsync(url, seeder with { PeerId = new PeerId("-OT0100-leecherleech"u8), Port = 6882, Left = 1_000, Key = 2 });

        Assert.Equal((1, 1), (response.Seeders, response.Leechers));
        Assert.Contains(new TrackerPeer(IPAddress.Loopback, 6881, null), response.Peers);
        Assert.InRange(response.Interval, TimeSpan.FromMinutes(1), TimeSpan.FromHours(2));
        Assert.Equal(new TrackerScrapeEntry(Seeders: 1, Leechers: 1, Downloaded: 0), (await client.ScrapeAsync(url, [hash])).Entries[hash]);
    }

    private static async Task UntilItAnswersAsync(Func<Task> ask, Process process)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await ask();
                return;
            }
            catch (TrackerException) when (i < 300 && !process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }
}
