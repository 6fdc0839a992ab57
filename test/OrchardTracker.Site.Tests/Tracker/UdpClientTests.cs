using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Services;
using Eventually = OrchardTracker.Site.Tests.Hosting.Eventually;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>
/// Real clients on a private tracker with a UDP port: libtorrent sends its passkey over UDP (BEP 41). aria2 and Transmission do
/// not, and over IPv6 they do not even ask; they go on to the address over HTTP that stands in the same torrent.
/// </summary>
public sealed class UdpClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-udp-").FullName;

    [Theory]
    [InlineData(ClientKind.Libtorrent, "127.0.0.1")]
    [InlineData(ClientKind.Aria2, "127.0.0.1")]
    [InlineData(ClientKind.Transmission, "127.0.0.1")]
    [InlineData(ClientKind.Libtorrent, "[::1]")]
    [InlineData(ClientKind.Aria2, "[::1]")]
    [InlineData(ClientKind.Transmission, "[::1]")]
    public async Task Should_know_each_user_by_udp_or_by_the_way_that_his_client_takes_instead(ClientKind kind, string host)
    {
        var (ip, isIPv6) = (host.Trim('[', ']'), host != "127.0.0.1");
        await using var site = await TestSite.StartAsync(new SiteOptions { Args = [$"--Urls=http://{host}:0"] });
        await site.SetTrackerAsync(
            ("Mode", "Private"), ("Interval", "5"), ("MinInterval", "1"), ("IntervalJitter", "0"), ("PeerLifetime", "600"),
            ("PortAddress", ip), ("UdpPort", FreePort.Next().ToString()));
        var bytes = RandomNumberGenerator.GetBytes(300_007);
        var torrent = await TorrentCreator.CreateFromStreamAsync("payload.bin", new MemoryStream(bytes), bytes.Length);
        await site.PublishAsync(torrent, new CatalogDetails { Title = "Payload" });
        var (giver, taker) = (await site.AddUserAsync("giver"), await site.AddUserAsync("taker"));
        var (source, target) = (NewFolder("source"), NewFolder("target"));
        await File.WriteAllBytesAsync(Path.Combine(source, "payload.bin"), bytes, TestContext.Current.CancellationToken);
        var engine = await site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<SiteTracker>().Tenant.Engine));

        // UDP first: who can takes it.
        await using var seeder = await Clients.StartAsync(kind, await TakeTorrentAsync("giver", "udp", "http"), source, ip);
        await Eventually.HoldsAsync(() => engine.Scrape(torrent.TrackerHashes[0]).Seeders == 1);
        var (overHttp, overUdp, withoutKey) = (engine.Counters.Read(TrackerCounter.OverHttp), engine.Counters.Read(TrackerCounter.OverUdp), engine.Counters.Read(Failure.PasskeyMissing));
        if (kind == ClientKind.Libtorrent)
        {
            Assert.Equal((0, 0), (overHttp, withoutKey));
        }
        else
        {
            Assert.InRange(overHttp, 1, long.MaxValue);
            Assert.Equal(isIPv6, overUdp == 0);
            Assert.Equal(isIPv6, withoutKey == 0);
        }

        await using var downloader = await Clients.StartAsync(ClientKind.Libtorrent, await TakeTorrentAsync("taker", "udp"), target, ip);
        await Eventually.HoldsAsync(downloader.IsCompleteAsync);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(target, "payload.bin"), TestContext.Current.CancellationToken));
        var taken = await site.AccountBecomesAsync(taker, sums => sums.Downloaded >= bytes.Length && sums.Completed == 1);
        var given = await site.AccountBecomesAsync(giver, sums => sums.Uploaded >= bytes.Length);
        Assert.Equal((bytes.Length, 0, 0), (taken.Sums.Downloaded, taken.Sums.Uploaded, given.Sums.Downloaded));

        async Task<string> TakeTorrentAsync(string user, params string[] schemes)
        {
            using var client = await site.SignInAsync(user);
            var taken = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.InfoHashV1}.torrent"));
            var trackers = taken.AnnounceTiers.SelectMany(tier => tier).ToList();
            var tiers = schemes.Select(scheme => (IReadOnlyList<string>)[trackers.Single(url => url.StartsWith(scheme, StringComparison.Ordinal))]);
            var file = Path.Combine(NewFolder(user), "taken.torrent");
            await File.WriteAllBytesAsync(file, taken.ToBytes(new MetainfoEdit().SetTrackers([.. tiers])));
            return file;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
}
