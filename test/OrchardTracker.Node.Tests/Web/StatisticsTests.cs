using System.Net;

namespace OrchardTracker.Node.Tests.Web;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Should_tell_counts_as_json()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 1000));
        var published = await node.PublishedAsync("film.mkv");
        await node.AnnounceAsync(published.InfoHash, "&left=1000&event=started");
        await node.AnnounceAsync(published.InfoHash, "&left=0&event=completed");
        await node.Http.GetStringAsync("/announce?info_hash=short");

        var statistics = await node.StatisticsAsync();

        Assert.Equal("open", (string?)statistics["mode"]);
        Assert.Equal(2, (int?)statistics["announces"]!["ipv4"]);
        Assert.Equal(0, (int?)statistics["announces"]!["ipv6"]);
        Assert.Equal(1, (int?)statistics["completed"]);
        Assert.Equal(1, (int?)statistics["failures"]!["InfoHashInvalid"]);
        var torrent = Assert.Single(statistics["torrents"]!.AsArray())!;
        Assert.Equal("film.mkv", (string?)torrent["name"]);
        Assert.Equal(published.InfoHash.ToString(), (string?)torrent["infoHashV1"]);
        Assert.Equal((1000, 1, 0, 1), ((int)torrent["size"]!, (int)torrent["seeders"]!, (int)torrent["leechers"]!, (int)torrent["downloads"]!));
    }

    [Fact]
    public async Task Should_expose_metrics_to_prometheus()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 1000));
        await node.AnnounceAsync((await node.PublishedAsync("film.mkv")).InfoHash);
        await node.Http.GetStringAsync("/announce?info_hash=short");
        using var reply = await node.Http.GetAsync("/metrics");
        var lines = (await reply.Content.ReadAsStringAsync()).Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.Contains("# TYPE orchardtracker_announces_total counter", lines);
        Assert.Contains("orchardtracker_announces_total{network_type=\"ipv4\"} 1", lines);
        Assert.Contains("orchardtracker_failures_total{reason=\"InfoHashInvalid\"} 1", lines);
        Assert.Contains("# TYPE orchardtracker_seeders gauge", lines);
        Assert.Contains("orchardtracker_seeders 1", lines);
        Assert.Contains(lines, line => line.StartsWith("dotnet_process_memory_working_set_bytes ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_be_healthy_and_degraded_when_the_published_folder_is_away()
    {
        await using var node = await TestNode.StartAsync(_ => { }, "--Publish:Rescan=1s");
        Assert.Equal("Healthy", await node.Http.GetStringAsync("/health"));

        var away = node.Files.Path + "-away";
        Directory.Move(node.Files.Path, away);
        try
        {
            await Eventually.IsTrueAsync(async () => await node.Http.GetStringAsync("/health") == "Degraded", () => "the health is degraded");
            await Eventually.IsTrueAsync(
                () => node.Log.All.Any(line => line.StartsWith("Warning: The published folder cannot be read", StringComparison.Ordinal)), () => "the operator is told");
        }
        finally
        {
            Directory.Move(away, node.Files.Path);
        }

        await Eventually.IsTrueAsync(async () => await node.Http.GetStringAsync("/health") == "Healthy", () => "the health is restored");
    }

    [Fact]
    public async Task Should_answer_only_the_hosts_that_are_allowed()
    {
        await using var node = await TestNode.StartAsync("--AllowedHosts=tracker.example.org");
        using var refused = await node.Http.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "tracker.example.org";
        using var allowed = await node.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }
}
