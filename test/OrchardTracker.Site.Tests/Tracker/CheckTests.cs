using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Settings;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Media;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>The self-check: what works, and what to mend.</summary>
public sealed class CheckTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_announce_to_itself_in_each_mode_and_on_each_port()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var (http, udp) = (FreePort.Next(), FreePort.Next());
        foreach (var (mode, expected) in new[] { ("Open", "was answered"), ("Registered", "this torrent is not registered"), ("Private", "this tracker needs a passkey") })
        {
            await Site.SetTrackerAsync(("Mode", mode), ("PortAddress", "127.0.0.1"), ("HttpPort", http.ToString()), ("UdpPort", udp.ToString()));

            // Again, where the machine is so slow that the check has not waited for its answers.
            var page = "";
            await Eventually.HoldsAsync(async () => !(page = await admin.GetStringAsync("Admin/Tracker/Check")).Contains("data-state=\"Bad\"", StringComparison.Ordinal));
            Assert.Contains(expected, page, StringComparison.Ordinal);
            Assert.Contains($"An announce to {Site.Url}announce", page, StringComparison.Ordinal);
            Assert.Contains($"An announce to http://127.0.0.1:{http}/announce", page, StringComparison.Ordinal);
            Assert.Contains($"An announce to udp://127.0.0.1:{udp}/announce", page, StringComparison.Ordinal);
        }

        await Site.SetTrackerAsync(("Mode", "Open"), ("HttpPort", "0"), ("UdpPort", "0"));
    }

    [Fact]
    public async Task Should_show_on_the_settings_page_what_is_to_be_mended()
    {
        var page = await Site.OpenAsAsync(TestSite.AdminName);
        await page.GotoAsync("Admin/Settings/tracker");
        await page.ClickAsync("[role=tab]:has-text('Check'), .nav-link:has-text('Check')");
        await Eventually.HoldsAsync(async () =>
        {
            await page.ClickAsync("#tracker-check");
            await page.WaitForSelectorAsync("#tracker-check-results");
            return (await page.InnerTextAsync("#tracker-check-results")).Contains("was answered", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Should_tell_an_address_at_which_nothing_or_something_else_answers()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        await SetBaseUrlAsync($"http://127.0.0.1:{FreePort.Next()}");
        await BecomesAsync("Nothing answers at");

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);
        await SetBaseUrlAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await BecomesAsync("Something else answers at");
        listener.Stop();
        await answering;
        await SetBaseUrlAsync("");

        // Again, where the machine is so slow that the check has not waited for its answers.
        Task BecomesAsync(string expected) =>
            Eventually.HoldsAsync(async () => (await admin.GetStringAsync("Admin/Tracker/Check")).Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_tell_a_proxy_that_is_not_trusted()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        admin.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Contains("which is not trusted", await admin.GetStringAsync("Admin/Tracker/Check"), StringComparison.Ordinal);

        await Site.SetTrackerAsync(("TrustedProxies", "127.0.0.1"));
        Assert.Contains("which is trusted: clients have their own addresses", await admin.GetStringAsync("Admin/Tracker/Check"), StringComparison.Ordinal);
        admin.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.Contains("You have come by HTTPS, but the site does not know it", await admin.GetStringAsync("Admin/Tracker/Check"), StringComparison.Ordinal);
        await Site.SetTrackerAsync(("TrustedProxies", ""));
    }

    [Fact]
    public async Task Should_tell_content_that_has_a_path_of_the_tracker()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.DoesNotContain("has the same path as the tracker", await admin.GetStringAsync("Admin/Tracker/Check"), StringComparison.Ordinal);
        await Site.InBackgroundAsync(services => services.GetRequiredService<IContentDefinitionManager>()
            .AlterTypeDefinitionAsync("Notice", type => type.WithPart(nameof(AutoroutePart))));
        string[] notices =
        [
            await AddNoticeAsync("Our news", "announce"),
            await AddNoticeAsync("Our radio", "radio"),
            await AddNoticeAsync("Today", "announce/today"),
            await AddNoticeAsync("Today at noon", "announce/today/noon"),
        ];

        await Eventually.HoldsAsync(async () => (await ReadAsync()).Contains("The content item “Our news” has the same path as the tracker", StringComparison.Ordinal));
        Assert.DoesNotContain("Our radio", await ReadAsync(), StringComparison.Ordinal);

        // One segment below stands a passkey. Further below the tracker takes nothing, and a page can be opened.
        Assert.Contains("The content item “Today” stands at /announce/today", await ReadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Today at noon", await ReadAsync(), StringComparison.Ordinal);

        // The path that is set counts, not the usual one.
        await Site.SetTrackerAsync(("AnnouncePath", "/radio"));
        Assert.Contains("The content item “Our radio” has the same path as the tracker", await ReadAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Our news", await ReadAsync(), StringComparison.Ordinal);

        await Site.SetTrackerAsync(("AnnouncePath", "/announce"));
        await Site.InBackgroundAsync(async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            foreach (var id in notices)
            {
                await contents.RemoveAsync((await contents.GetAsync(id))!);
            }
        });
        await Eventually.HoldsAsync(async () => !(await ReadAsync()).Contains("The content item", StringComparison.Ordinal));

        async Task<string> ReadAsync() => WebUtility.HtmlDecode(await admin.GetStringAsync("Admin/Tracker/Check"));
    }

    [Fact]
    public async Task Should_tell_pages_of_modules_below_a_path_of_the_tracker()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.DoesNotContain("The site has pages of its own", await ReadAsync(), StringComparison.Ordinal);

        await Site.SetTrackerAsync(("AnnouncePath", "/tracker"));
        Assert.Contains("The site has pages of its own at “/tracker/account” (OrchardTracker.Tracker)", await ReadAsync(), StringComparison.Ordinal);
        using var hidden = await admin.GetAsync("tracker/account");
        Assert.Equal("text/plain", hidden.Content.Headers.ContentType?.MediaType);
        await Site.SetTrackerAsync(("AnnouncePath", "/announce"));

        async Task<string> ReadAsync() => WebUtility.HtmlDecode(await admin.GetStringAsync("Admin/Tracker/Check"));
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                var buffer = new byte[4096];
                _ = await client.GetStream().ReadAsync(buffer);
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"u8.ToArray());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // The listener was stopped.
        }
    }

    private async Task<string> AddNoticeAsync(string title, string path)
    {
        var id = "";
        await Site.InBackgroundAsync(async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var item = await contents.NewAsync("Notice");
            item.DisplayText = title;
            item.Alter<AutoroutePart>(part => part.Path = path);
            await contents.CreateAsync(item, VersionOptions.Published);
            id = item.ContentItemId;
        });
        return id;
    }

    private Task SetBaseUrlAsync(string url) => Site.InTenantAsync(async services =>
    {
        var siteService = services.GetRequiredService<ISiteService>();
        var settings = await siteService.LoadSiteSettingsAsync();
        settings.BaseUrl = url;
        await siteService.UpdateSiteSettingsAsync(settings);
    });
}
