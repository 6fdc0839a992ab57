using System.Globalization;
using System.Net;
using OrchardCore.Environment.Shell;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Counts that arrive while one looks.</summary>
public sealed class LiveCountsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_send_the_counts_and_each_change()
    {
        var torrent = await Site.PublishTorrentAsync("Watched");
        var hash = torrent.TrackerHashes[0];
        using var client = Site.CreateClient();
        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        using var events = await OpenAsync(client, hash);

        Assert.Equal($"""data: [["{hash}",1,0,0]]""", await NextDataAsync(events));
        await client.AnnounceAsync(hash.Announced(), 1002);
        Assert.Equal($"""data: [["{hash}",1,1,0]]""", await NextDataAsync(events));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_torrent_that_is_not_published()
    {
        var shown = await Site.PublishTorrentAsync("Shown");
        var other = await SampleTorrent.CreateAsync("Not published");
        using var client = Site.CreateClient();
        await client.AnnounceAsync(other.TrackerHashes[0].Announced(), 1001, left: 0);
        using var events = await OpenAsync(client, other.TrackerHashes[0], shown.TrackerHashes[0]);

        Assert.Equal($"""data: [["{shown.TrackerHashes[0]}",0,0,0]]""", await NextDataAsync(events));
    }

    [Theory]
    [InlineData("torrents/live")]
    [InlineData("torrents/live?h=123")]
    [InlineData("torrents/live?h=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task Should_refuse_what_names_no_torrents(string path)
    {
        using var client = Site.CreateClient();
        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Should_open_only_so_many_to_one_address()
    {
        const int Most = 20;
        await using var site = await TestSite.StartAsync();
        var torrent = await site.PublishTorrentAsync("Watched by many");
        await site.RunRecipeAsync("""{ "name": "settings", "ReverseProxySettings": { "ForwardedHeaders": "XForwardedFor", "KnownProxies": ["127.0.0.1"], "KnownNetworks": [] } }""");
        await site.RunBackgroundTaskAsync("CountingBackgroundTask");
        using var client = site.CreateClient();
        List<HttpResponseMessage> streams = [];
        try
        {
            for (var number = 1; number <= Most; number++)
            {
                streams.Add(await OpenAtAsync("1.1.1.1"));
                streams.Add(await OpenAtAsync($"2606:4700::{number}"));
            }

            Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
            foreach (var (address, status) in new[]
            {
                ("1.1.1.1", HttpStatusCode.ServiceUnavailable),
                ("::ffff:1.1.1.1", HttpStatusCode.ServiceUnavailable),
                ("2606:4700::ffff:0:0:1", HttpStatusCode.ServiceUnavailable),
                ("1.1.1.2", HttpStatusCode.OK),
                ("2606:4700:0:1::1", HttpStatusCode.OK),
            })
            {
                streams.Add(await OpenAtAsync(address));
                Assert.Equal((address, status), (address, streams[^1].StatusCode));
            }

            // An address of no visitor: all come from there, where the site is not told of its proxy.
            for (var number = 0; number <= Most; number++)
            {
                streams.Add(await OpenAtAsync("10.0.0.1"));
                Assert.Equal(HttpStatusCode.OK, streams[^1].StatusCode);
            }

            streams[0].Dispose();
            await Eventually.HoldsAsync(async () =>
            {
                streams.Add(await OpenAtAsync("1.1.1.1"));
                return streams[^1].StatusCode == HttpStatusCode.OK;
            });
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }

        Task<HttpResponseMessage> OpenAtAsync(string address)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"torrents/live?h={torrent.TrackerHashes[0]}");
            request.Headers.Add("X-Forwarded-For", address);
            return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }

    [Fact]
    public async Task Should_end_with_its_shell_and_not_hold_it()
    {
        await using var site = await TestSite.StartAsync();
        var torrent = await site.PublishTorrentAsync("Held");
        using var client = site.CreateClient();
        site.Shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);
        using var events = await OpenAsync(client, torrent.TrackerHashes[0]);
        await NextDataAsync(events);
        var shell = site.Shells.ListShellContexts().Single(shell => shell.Settings.Name == ShellSettings.DefaultShellName);
        await Eventually.HoldsAsync(() => shell.ActiveScopes == 0);

        await site.Shells.ReleaseShellContextAsync(settings);

        // The shell ends at once, though the stream has not noticed yet; then so does the stream.
        Assert.Null(shell.ServiceProvider);
        while (await events.ReadLineAsync() is not null)
        {
        }

        using var again = await OpenAsync(client, torrent.TrackerHashes[0]);
        await NextDataAsync(again);
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_let_the_host_stop()
    {
        var site = await TestSite.StartAsync();
        var torrent = await site.PublishTorrentAsync("Stopped");
        using var client = site.CreateClient();
        using var events = await OpenAsync(client, torrent.TrackerHashes[0]);
        await NextDataAsync(events);

        // A stream that did not end by itself would be cut off in the middle, which is an error to its reader.
        var stopping = site.DisposeAsync();
        while (await events.ReadLineAsync() is not null)
        {
        }

        await stopping;
    }

    [Fact]
    public async Task Should_move_the_numbers_on_the_page()
    {
        var torrent = await Site.PublishTorrentAsync("Moving numbers");
        var hash = torrent.TrackerHashes[0];
        using var client = Site.CreateClient();
        var page = await Site.OpenAsync();
        await page.GotoAsync("torrents?q=moving");
        var cell = page.Locator($"[data-ot-torrent='{hash}'] [data-ot-count='seeders']");
        await Microsoft.Playwright.Assertions.Expect(cell).ToHaveTextAsync("0");

        await client.AnnounceAsync(hash.Announced(), 1001, left: 0);
        await client.AnnounceAsync(hash.Announced(), 1002, left: 0);

        await Microsoft.Playwright.Assertions.Expect(cell).ToHaveTextAsync(2.ToString(CultureInfo.InvariantCulture), new() { Timeout = 60_000 });
    }

    private static async Task<StreamReader> OpenAsync(HttpClient client, params InfoHash[] hashes)
    {
        var response = await client.GetAsync($"torrents/live?h={string.Concat(hashes)}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<string> NextDataAsync(StreamReader events)
    {
        while (await events.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException();
    }
}
