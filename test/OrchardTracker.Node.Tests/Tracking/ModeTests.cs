using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node.Tests.Tracking;

public sealed class ModeTests : IDisposable
{
    private static readonly InfoHash Foreign = new(Enumerable.Repeat((byte)0xAB, InfoHash.Length).ToArray());

    private readonly TemporaryFolder _lists = new();

    public void Dispose() => _lists.Dispose();

    [Fact]
    public async Task Should_take_any_torrent_when_open()
    {
        await using var node = await TestNode.StartAsync();

        Assert.StartsWith("d8:completei1e", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_only_published_torrents_when_registered()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Tracker:Mode=Registered");
        var published = await node.PublishedAsync("film.mkv");

        Assert.StartsWith("d8:completei1e", await node.AnnounceAsync(published.InfoHash), StringComparison.Ordinal);
        Assert.Contains("this torrent is not registered with this tracker", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_the_torrent_of_a_file_that_is_gone()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Tracker:Mode=Registered");
        var published = await node.PublishedAsync("film.mkv");

        File.Delete(node.Files["film.mkv"]);
        await Eventually.IsTrueAsync(() => node.Publisher.Torrents.Count == 0, () => "it is withdrawn");

        Assert.Contains("not registered", await node.AnnounceAsync(published.InfoHash), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_what_the_whitelist_holds_and_follow_its_changes()
    {
        File.WriteAllText(_lists["white"], $"# ours\n\n{Foreign.ToString().ToUpperInvariant()} # by a friend\nnonsense\n");
        await using var node = await TestNode.StartAsync("--Tracker:Mode=Registered", $"--Tracker:Whitelist={_lists["white"]}");

        Assert.StartsWith("d8:complete", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);
        Assert.Contains(node.Log.All, line => line.StartsWith("Warning: Whitelist: line 4 of", StringComparison.Ordinal) && line.Contains("nonsense", StringComparison.Ordinal));

        File.WriteAllText(_lists["white"], "# nobody\n");
        await Eventually.IsTrueAsync(
            async () => (await node.AnnounceAsync(Foreign)).Contains("not registered", StringComparison.Ordinal), () => "the torrent is refused");

        File.WriteAllText(_lists["white"], $"{Foreign}\n");
        await Eventually.IsTrueAsync(
            async () => (await node.AnnounceAsync(Foreign)).StartsWith("d8:complete", StringComparison.Ordinal), () => "the torrent is taken again");
    }

    [Fact]
    public async Task Should_keep_the_last_whitelist_while_the_file_is_away()
    {
        File.WriteAllText(_lists["white"], $"{Foreign}\n");
        await using var node = await TestNode.StartAsync("--Tracker:Mode=Registered", $"--Tracker:Whitelist={_lists["white"]}");

        File.Delete(_lists["white"]);
        await Eventually.IsTrueAsync(
            () => node.Log.All.Any(line => line.StartsWith("Warning: Whitelist: ", StringComparison.Ordinal)), () => "the operator is told");

        Assert.StartsWith("d8:complete", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_read_a_list_again_that_could_not_be_read_though_it_has_not_changed()
    {
        File.WriteAllText(_lists["white"], $"{Foreign}\n");
        using var inUse = new FileStream(_lists["white"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await using var node = await TestNode.StartAsync("--Tracker:Mode=Registered", $"--Tracker:Whitelist={_lists["white"]}");
        Assert.Contains("not registered", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);

        inUse.Dispose();
        await Eventually.IsTrueAsync(
            async () => (await node.AnnounceAsync(Foreign)).StartsWith("d8:complete", StringComparison.Ordinal), () => "the torrent is taken");
        Assert.Single(node.Log.All, line => line.StartsWith("Warning: Whitelist: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_what_the_blacklist_holds_even_when_open()
    {
        File.WriteAllText(_lists["black"], $"{Foreign}\n");
        await using var node = await TestNode.StartAsync($"--Tracker:Blacklist={_lists["black"]}");
        Assert.Contains("this torrent has been taken down", await node.AnnounceAsync(Foreign), StringComparison.Ordinal);

        File.WriteAllText(_lists["black"], "");
        await Eventually.IsTrueAsync(
            async () => (await node.AnnounceAsync(Foreign)).StartsWith("d8:complete", StringComparison.Ordinal), () => "the torrent is taken again");
    }

    [Fact]
    public async Task Should_refuse_both_hashes_of_a_hybrid_when_one_is_forbidden()
    {
        using var files = new TemporaryFolder();
        files.Write("film.mkv", 100);
        var hybrid = await TorrentCreator.CreateFromFileAsync(files["film.mkv"], new TorrentOptions { Version = MetainfoVersion.Hybrid });
        File.WriteAllText(_lists["black"], $"{hybrid.InfoHashV2}\n");
        await using var node = await TestNode.StartAsync(
            folder => File.Copy(files["film.mkv"], folder["film.mkv"]), "--Publish:Version=hybrid", $"--Tracker:Blacklist={_lists["black"]}");
        await node.PublishedAsync("film.mkv");

        foreach (var hash in hybrid.TrackerHashes)
        {
            Assert.Contains("taken down", await node.AnnounceAsync(hash), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_count_both_hashes_of_a_published_hybrid_as_one()
    {
        await using var node = await TestNode.StartAsync(files => files.Write("film.mkv", 100), "--Publish:Version=hybrid");
        var published = await node.PublishedAsync("film.mkv");
        foreach (var hash in published.Metainfo.TrackerHashes)
        {
            await node.AnnounceAsync(hash);
        }

        Assert.Equal(1, (int?)(await node.StatisticsAsync())["torrents"]![0]!["seeders"]);
    }

    [Fact]
    public async Task Should_throttle_whoever_asks_too_often_unless_that_is_turned_off()
    {
        await using var limited = await TestNode.StartAsync("--Tracker:RateLimit:PerMinute=1", "--Tracker:RateLimit:Burst=2");
        await using var free = await TestNode.StartAsync("--Tracker:RateLimit:PerMinute=1", "--Tracker:RateLimit:Burst=2", "--Tracker:RateLimit:Enabled=false");
        foreach (var node in new[] { limited, free })
        {
            await node.AnnounceAsync(Foreign);
            await node.AnnounceAsync(Foreign);
        }

        Assert.Contains("you announce too often", await limited.AnnounceAsync(Foreign), StringComparison.Ordinal);
        Assert.DoesNotContain("too often", await free.AnnounceAsync(Foreign), StringComparison.Ordinal);
        Assert.Contains(free.Log.All, line => line.StartsWith("Warning: Request rates are not limited.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_answer_over_udp_on_the_same_port()
    {
        await using var node = await TestNode.StartAsync();
        using var client = new TrackerClient();

        var counts = await client.ScrapeAsync($"udp://127.0.0.1:{node.Address.Port}/announce", [Foreign]);

        Assert.Equal(new TrackerScrapeEntry(0, 0, 0), counts.Entries[Foreign]);
    }

    [Fact]
    public async Task Should_believe_the_address_that_a_trusted_proxy_names_and_nobody_elses()
    {
        await using var trusting = await TestNode.StartAsync("--Tracker:TrustedProxies=127.0.0.1");
        await using var wary = await TestNode.StartAsync();
        foreach (var node in new[] { trusting, wary })
        {
            node.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        }

        // 11:external ip4: and the four bytes.
        Assert.Contains("4:\u00c0\0\u0002\u0007", await AnnounceAsync(trusting), StringComparison.Ordinal);
        Assert.Contains("4:\u007f\0\0\u0001", await AnnounceAsync(wary), StringComparison.Ordinal);
    }

    private static async Task<string> AnnounceAsync(TestNode node)
    {
        var bytes = await node.Http.GetByteArrayAsync($"/announce?info_hash={string.Concat(Foreign.ToArray().Select(b => $"%{b:x2}"))}&peer_id=-OT0100-abcdefghijkl&port=7001&left=0");
        return System.Text.Encoding.Latin1.GetString(bytes);
    }
}
