using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Tracker.Services;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Ports that belong to one tenant: opened, kept and closed with it.</summary>
public sealed partial class PortTests
{
    [Fact]
    public async Task Should_answer_over_udp_and_http_on_ports_of_its_own_and_name_them_in_torrents()
    {
        await using var site = await TestSite.StartAsync();
        var (http, udp) = (FreePort.Next(), FreePort.Next());
        await OpenAsync(site, http, udp);
        using var client = new TrackerClient();
        var hash = NewHash();
        using var web = site.CreateClient();

        await client.AnnounceAsync($"udp://127.0.0.1:{udp}/announce", Request(hash, 1001), TestContext.Current.CancellationToken);
        await client.AnnounceAsync($"http://127.0.0.1:{http}/announce", Request(hash, 1002), TestContext.Current.CancellationToken);
        var reply = await client.AnnounceAsync($"{site.Url}announce", Request(hash, 1003), TestContext.Current.CancellationToken);
        Assert.Equal(3, reply.Leechers);

        var torrent = await site.PublishTorrentAsync("Named ports");
        string[] expected = [$"{site.Url}announce", $"http://127.0.0.1:{http}/announce", $"udp://127.0.0.1:{udp}/announce"];
        var page = await (await web.GetAsync($"torrents/{torrent.InfoHashV1}", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var magnet = MagnetLink.Parse(WebUtility.HtmlDecode(MagnetField().Match(await FindPageAsync(site, web, torrent, page)).Value));
        Assert.Equal(expected, magnet.Trackers);

        // Nothing else is to be had there.
        using var other = new HttpClient();
        using var nothing = await other.GetAsync($"http://127.0.0.1:{http}/Login", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        await OpenAsync(site, 0, 0);
        await CloseAsync(http, udp);
    }

    [Fact]
    public async Task Should_take_announces_to_an_address_of_ipv6_as_libtorrent_writes_it()
    {
        await using var site = await TestSite.StartAsync();
        var http = FreePort.Next();
        await OpenAsync(site, http, 0, address: "::1");
        using var client = new TcpClient(AddressFamily.InterNetworkV6);
        await client.ConnectAsync(IPAddress.IPv6Loopback, http, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET /announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-LT2080-abcdefghijkl&left=0&port=7001 HTTP/1.1\r\nHost: ::1:{http}\r\nConnection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.Latin1);
        Assert.Contains("\r\n\r\nd8:complete", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_passkeys_over_udp()
    {
        await using var site = await TestSite.StartAsync();
        var udp = FreePort.Next();
        await OpenAsync(site, 0, udp);
        await site.SetTrackerAsync(("Mode", "Private"));
        var id = await site.AddUserAsync("anna");
        var hash = NewHash();
        await site.ServeAsync(hash.Announced());
        using var anna = await site.SignInAsync("anna");
        var url = WebUtility.HtmlDecode(UdpField().Match(await anna.GetStringAsync("tracker/account", TestContext.Current.CancellationToken)).Groups[1].Value);
        Assert.StartsWith($"udp://127.0.0.1:{udp}/", url, StringComparison.Ordinal);
        using var client = new TrackerClient();

        await client.AnnounceAsync(url, Request(hash, 1001) with { Event = AnnounceEvent.Started }, TestContext.Current.CancellationToken);
        await client.AnnounceAsync(url, Request(hash, 1001) with { Uploaded = 77 }, TestContext.Current.CancellationToken);

        await site.AccountBecomesAsync(id, sums => sums.Uploaded == 77);
        var wrong = await Assert.ThrowsAsync<TrackerException>(() =>
            client.AnnounceAsync($"udp://127.0.0.1:{udp}/0123456789abcdef0123456789abcdef/announce", Request(hash, 1002), TestContext.Current.CancellationToken));
        Assert.Contains("this passkey is not valid", wrong.Message, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<TrackerException>(() =>
            client.AnnounceAsync($"udp://127.0.0.1:{udp}/announce", Request(hash, 1002), TestContext.Current.CancellationToken));
        Assert.Contains("needs a passkey", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_its_ports_over_releases_of_the_shell_and_close_them_with_the_feature_and_the_tenant()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Own", "own");
        var (http, udp) = (FreePort.Next(), FreePort.Next());
        await OpenAsync(site, http, udp, "own");
        using var client = new TrackerClient();
        using var web = site.CreateClient("own");
        site.Shells.TryGetSettings("Own", out var settings);
        var before = await PortsOfAsync();

        // One connection, and announces before, between and after: nothing is closed in between.
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, http, TestContext.Current.CancellationToken);
        for (var round = 0; round < 3; round++)
        {
            await AnnounceBothAsync();
            await AnnounceOnAsync(connection);
            await site.Shells.ReleaseShellContextAsync(settings);
            await AnnounceBothAsync();
            await AnnounceOnAsync(connection);
            await site.Shells.ReloadShellContextAsync(settings);
        }

        using (await web.GetAsync("", TestContext.Current.CancellationToken))
        {
            Assert.Same(before, await PortsOfAsync());
        }

        await SwitchAsync(isOn: false);
        await CloseAsync(http, udp);
        await SwitchAsync(isOn: true);
        using (await web.GetAsync("", TestContext.Current.CancellationToken))
        {
            await AnnounceBothAsync();
        }

        settings.State = TenantState.Disabled;
        await site.Shells.UpdateShellSettingsAsync(settings);
        await CloseAsync(http, udp);

        settings.State = TenantState.Running;
        await site.Shells.UpdateShellSettingsAsync(settings);
        await site.InTenantAsync(_ => Task.CompletedTask, "Own");
        await AnnounceBothAsync();

        async Task AnnounceBothAsync()
        {
            await client.AnnounceAsync($"udp://127.0.0.1:{udp}/announce", Request(NewHash(), 1001), TestContext.Current.CancellationToken);
            await client.AnnounceAsync($"http://127.0.0.1:{http}/announce", Request(NewHash(), 1001), TestContext.Current.CancellationToken);
        }

        Task<object> PortsOfAsync() => site.InTenantAsync(services => Task.FromResult<object>(services.GetRequiredService<SiteTracker>().Tenant.Ports.Open), "Own");

        Task SwitchAsync(bool isOn) => site.InTenantAsync(
            async services =>
            {
                var features = services.GetRequiredService<IShellFeaturesManager>();
                var ours = (await features.GetAvailableFeaturesAsync()).Where(feature => feature.Id.StartsWith("OrchardTracker.", StringComparison.Ordinal)).ToList();
                await features.UpdateFeaturesAsync(isOn ? [] : ours, isOn ? ours : [], force: true);
            },
            "Own");
    }

    [Fact]
    public async Task Should_refuse_a_port_that_somebody_has_and_say_who()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddTenantAsync("Other", "other");
        var (http, udp) = (FreePort.Next(), FreePort.Next());
        await OpenAsync(site, http, udp, "other");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var admin = await site.SignInAsync(TestSite.AdminName);

        Assert.Contains("for HTTP is taken by another program on this server", await SaveAsync("HttpPort", ((IPEndPoint)listener.LocalEndpoint).Port.ToString()), StringComparison.Ordinal);
        Assert.Contains("for HTTP is taken by another program on this server", await SaveAsync("HttpPort", site.Url.Port.ToString()), StringComparison.Ordinal);
        Assert.Contains("for HTTP belongs to the tracker of another site on this server", await SaveAsync("HttpPort", http.ToString()), StringComparison.Ordinal);
        Assert.Contains("for UDP belongs to the tracker of another site on this server", await SaveAsync("UdpPort", udp.ToString()), StringComparison.Ordinal);
        Assert.Contains("is none of this server", await SaveAsync("PortAddress", "203.0.113.1"), StringComparison.Ordinal);
        Assert.Contains("is no address", await SaveAsync("PortAddress", "everywhere"), StringComparison.Ordinal);
        Assert.Contains("from 0 to 65535", await SaveAsync("UdpPort", "65536"), StringComparison.Ordinal);
        Assert.Equal("0", (await PageForm.ReadAsync(admin, "Admin/Settings/tracker")).Get("HttpPort"));

        async Task<string> SaveAsync(string field, string value)
        {
            var form = await PageForm.ReadAsync(admin, "Admin/Settings/tracker");
            using var refused = await form.Set("PortAddress", "127.0.0.1").Set(field, value).SendAsync();
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            return await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Should_show_a_port_that_is_taken_when_it_starts_and_open_it_when_it_is_free()
    {
        var (http, udp) = (FreePort.Next(), FreePort.Next());
        var first = await TestSite.StartAsync();
        await OpenAsync(first, http, udp);
        var folder = await first.StopAsync();
        await CloseAsync(http, udp);

        var taken = new UdpClient(new IPEndPoint(IPAddress.Loopback, udp));
        await using var site = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var client = new TrackerClient();
        await client.AnnounceAsync($"http://127.0.0.1:{http}/announce", Request(NewHash(), 1001), TestContext.Current.CancellationToken);
        using var admin = await site.SignInAsync(TestSite.AdminName);
        var fault = $"Port {udp} for UDP is taken by another program on this server";
        Assert.Contains(fault, await admin.GetStringAsync("Admin/Settings/tracker", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(fault, await admin.GetStringAsync("Admin/Tracker", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(site.Log.Lines, line => line.Contains($"cannot have Udp port {udp}", StringComparison.Ordinal));

        taken.Dispose();
        await Eventually.HoldsAsync(async () => !(await admin.GetStringAsync("Admin/Tracker")).Contains(fault, StringComparison.Ordinal));
        await client.AnnounceAsync($"udp://127.0.0.1:{udp}/announce", Request(NewHash(), 1001), TestContext.Current.CancellationToken);
    }

    private static async Task OpenAsync(TestSite site, int http, int udp, string prefix = "", string address = "127.0.0.1")
    {
        using var admin = await site.SignInAsync(TestSite.AdminName, prefix);
        var form = await PageForm.ReadAsync(admin, "Admin/Settings/tracker");
        using var saved = await form.Set("PortAddress", address).Set("HttpPort", http.ToString()).Set("UdpPort", udp.ToString()).SendAsync();
        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until both ports can be had.</summary>
    private static Task CloseAsync(int http, int udp) => Eventually.HoldsAsync(() =>
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, http);
            listener.Start();
            using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, udp));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static async Task AnnounceOnAsync(TcpClient connection)
    {
        var stream = connection.GetStream();
        var path = Announcer.Path(NewHash().Announced(), 1009);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n"), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200", System.Text.Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    private static async Task<string> FindPageAsync(TestSite site, HttpClient web, Metainfo torrent, string page)
    {
        if (MagnetField().IsMatch(page))
        {
            return page;
        }

        var id = await site.InTenantAsync(async services => (await services.GetRequiredService<ITorrentCatalog>().FindAsync(torrent.InfoHashV1!.Value))!.ContentItemId);
        return await web.GetStringAsync($"Contents/ContentItems/{id}");
    }

    private static InfoHash NewHash() => TrackerSite.HashOf(Announcer.NewHash());

    private static TrackerAnnounceRequest Request(InfoHash hash, int port) => new()
    {
        InfoHash = hash,
        PeerId = new PeerId(System.Text.Encoding.ASCII.GetBytes($"-XX0001-{port:D12}")),
        Port = port,
        Left = 1,
        Key = (uint)port,
    };

    [GeneratedRegex("""magnet:[^"]+""")]
    private static partial Regex MagnetField();

    [GeneratedRegex("""value="(udp:[^"]+)""")]
    private static partial Regex UdpField();
}
