using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using Eventually = OrchardTracker.Site.Tests.Hosting.Eventually;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>A private tracker with real clients: each user takes the torrent from the site, and accounts say what was moved.</summary>
public sealed class ExchangeTests : IDisposable
{
    private const int BlockLength = 16 << 10;

    // Transmission counts these bytes before each block as uploaded, too; others count the payload alone.
    private const int BlockHead = 13;

    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-exchange-").FullName;

    [Theory]
    [InlineData(ClientKind.Transmission, ClientKind.Libtorrent, "http")]
    [InlineData(ClientKind.Libtorrent, ClientKind.Transmission, "http")]
    [InlineData(ClientKind.Libtorrent, ClientKind.Libtorrent, "udp")]
    [InlineData(ClientKind.Transmission, ClientKind.Libtorrent, "all")]
    public async Task Should_keep_accounts_that_equal_the_payload(ClientKind seederKind, ClientKind downloaderKind, string scheme)
    {
        await using var site = await TestSite.StartAsync();

        // Short times, so that clients soon tell what they have sent.
        await site.SetTrackerAsync(
            ("Mode", "Private"), ("Interval", "5"), ("MinInterval", "1"), ("IntervalJitter", "0"), ("PeerLifetime", "600"),
            ("PortAddress", "127.0.0.1"), ("UdpPort", scheme == "http" ? "0" : FreePort.Next().ToString()));
        var bytes = RandomNumberGenerator.GetBytes(5_000_003);
        var torrent = await TorrentCreator.CreateFromStreamAsync("payload.bin", new MemoryStream(bytes), bytes.Length);
        await site.PublishAsync(torrent, new CatalogDetails { Title = "Payload" });
        var (giver, taker) = (await site.AddUserAsync("giver"), await site.AddUserAsync("taker"));
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        var target = Directory.CreateDirectory(Path.Combine(_folder, "target")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(source, "payload.bin"), bytes, TestContext.Current.CancellationToken);

        await using var seeder = await Clients.StartAsync(seederKind, await TakeTorrentAsync("giver"), source, "127.0.0.1");
        await Eventually.HoldsAsync(() => CountAsync(counts => counts.Seeders == 1));
        await using var downloader = await Clients.StartAsync(downloaderKind, await TakeTorrentAsync("taker"), target, "127.0.0.1");
        await Eventually.HoldsAsync(downloader.IsCompleteAsync);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(target, "payload.bin"), TestContext.Current.CancellationToken));

        var sent = bytes.Length + (seederKind == ClientKind.Transmission ? BlockHead * ((bytes.Length + BlockLength - 1) / BlockLength) : 0);
        var taken = await site.AccountBecomesAsync(taker, sums => sums.Downloaded >= bytes.Length && sums.Completed == 1);
        var given = await site.AccountBecomesAsync(giver, sums => sums.Uploaded >= sent);
        Assert.Equal((bytes.Length, 0, sent, 0), (taken.Sums.Downloaded, taken.Sums.Uploaded, given.Sums.Uploaded, given.Sums.Downloaded));
        Assert.Equal((0, sent), (given.Sums.Completed, Assert.Single(await site.ListTorrentAccountsAsync(given.Number)).Sums.Uploaded));
        Assert.True(given.Sums.SeedingTime > TimeSpan.Zero);

        // A revoked key: the client itself shows its user why.
        if (scheme == "http" && downloaderKind == ClientKind.Libtorrent)
        {
            using var admin = await site.SignInAsync(TestSite.AdminName);
            using var revoked = await (await PageForm.ReadAsync(admin, $"Admin/Tracker/Users/Display/{taker}", "form[action*=Revoke]")).SendAsync();
            await Eventually.HoldsAsync(() => downloader.ToString()!.Contains("this passkey has been replaced by a newer one", StringComparison.Ordinal));
        }

        Task<bool> CountAsync(Func<Swarms.SwarmCounts, bool> condition) => site.InTenantAsync(services =>
            Task.FromResult(condition(services.GetRequiredService<ISiteTracker>().GetCounts(torrent.InfoHashV1 ?? torrent.TrackerHashes[0]))));

        async Task<string> TakeTorrentAsync(string user)
        {
            using var client = await site.SignInAsync(user);
            var taken = Metainfo.Parse(await client.GetByteArrayAsync($"torrents/{torrent.InfoHashV1}.torrent"));
            var trackers = taken.AnnounceTiers.SelectMany(tier => tier).ToList();
            Assert.Equal(scheme == "http" ? 1 : 2, trackers.Count);
            var edit = new MetainfoEdit();
            if (scheme != "all")
            {
                edit = edit.SetTracker(trackers.Single(url => url.StartsWith(scheme, StringComparison.Ordinal)));
            }

            var folder = Directory.CreateDirectory(Path.Combine(_folder, user)).FullName;
            var file = Path.Combine(folder, "taken.torrent");
            await File.WriteAllBytesAsync(file, taken.ToBytes(edit));
            return file;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
