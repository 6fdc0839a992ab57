using System.Text.Json.Nodes;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node.Tests.Commands;

/// <summary>The commands beside the tracker: real processes.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_create_a_torrent_with_every_option()
    {
        _folder.Write("album/1.flac", 50_000);
        _folder.Write("album/.hidden", 100);
        var (code, output, errors) = await RunAsync(
            "create", "album", "--output", "x.torrent", "--format", "hybrid", "--piece-length", "32K", "--name", "Álbum",
            "--tracker", "http://a.example/announce,http://b.example/announce", "--tracker", "udp://c.example:6969/announce",
            "--web-seed", "http://w.example/", "--http-seed", "http://h.example/seed", "--node", "router.example:6881", "--private", "--source", "HERE",
            "--update-url", "http://u.example/x.torrent", "--comment", "für dich", "--created-by", "me", "--date", "2026-01-31T12:00:00Z", "--hidden", "--threads", "2");

        Assert.True(code == 0, errors);
        var torrent = Metainfo.Parse(File.ReadAllBytes(_folder["x.torrent"]));
        Assert.Equal(MetainfoVersion.Hybrid, torrent.Version);
        Assert.Equal(32768, torrent.PieceLength);
        Assert.Equal("Álbum", torrent.Name);
        Assert.Equal([["http://a.example/announce", "http://b.example/announce"], ["udp://c.example:6969/announce"]], torrent.AnnounceTiers);
        Assert.Equal(["http://w.example/"], torrent.WebSeeds);
        Assert.Equal(["http://h.example/seed"], torrent.HttpSeeds);
        Assert.Equal([new DhtNode("router.example", 6881)], torrent.Nodes);
        Assert.True(torrent.IsPrivate);
        Assert.Equal(("HERE", "http://u.example/x.torrent", "für dich", "me"), (torrent.Source, torrent.UpdateUrl, torrent.Comment, torrent.CreatedBy));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), torrent.CreationDate);
        Assert.Equal([".hidden", "1.flac"], torrent.Files.Where(file => !file.IsPadding).Select(file => file.FullPath));
        Assert.Equal(torrent.InfoHashV2.ToString(), (string?)JsonNode.Parse(output)!["infoHashV2"]);
    }

    [Fact]
    public async Task Should_show_progress_as_plain_lines_where_there_is_no_terminal()
    {
        _folder.Write("film.mkv", 3_000_000);
        var (_, _, errors) = await RunAsync("create", "film.mkv");

        var lines = errors.Split('\n');
        Assert.StartsWith("  0 %  0 bytes of 2.86 MiB", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("100 %  2.86 MiB of 2.86 MiB", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', errors);
        Assert.Equal("", (await RunAsync("create", "film.mkv", "--quiet", "--force")).Errors);
    }

    [Fact]
    public async Task Should_make_the_same_bytes_of_the_same_files()
    {
        _folder.Write("film.mkv", 100_000);
        await RunAsync("create", "film.mkv", "--no-date", "-o", "one.torrent");
        await RunAsync("create", "film.mkv", "--no-date", "-o", "two.torrent", "--threads", "1");

        Assert.Equal(File.ReadAllBytes(_folder["one.torrent"]), File.ReadAllBytes(_folder["two.torrent"]));
    }

    [Fact]
    public async Task Should_not_overwrite_a_torrent_unless_told_to()
    {
        _folder.Write("film.mkv", 100);
        File.WriteAllText(_folder["film.mkv.torrent"], "precious");

        var (code, _, errors) = await RunAsync("create", "film.mkv");
        Assert.Equal(1, code);
        Assert.Equal("film.mkv: film.mkv.torrent is there already. Give --force to overwrite it, or another name with --output.", errors);
        Assert.Equal("precious", File.ReadAllText(_folder["film.mkv.torrent"]));

        Assert.Equal(0, (await RunAsync("create", "film.mkv", "--force")).Code);
        Assert.Equal("film.mkv", Metainfo.Parse(File.ReadAllBytes(_folder["film.mkv.torrent"])).Name);
    }

    [Theory]
    [InlineData("create nothing", "nothing: There is no such file or folder.")]
    [InlineData("create con", "con: The name 'con' is reserved for a device on Windows.")]
    [InlineData("create con --piece-length 1000", "The piece length \"1000\" must be a power of two from 16K to 32M.")]
    [InlineData("create con --node router", "The node \"router\" must be HOST:PORT.")]
    [InlineData("create con --date yesterday", "The date \"yesterday\" must be one such as 2026-01-31T12:00:00Z.")]
    [InlineData("create con --tracker gopher://x/", "con: The address 'gopher://x/' is not one that is used here.")]
    [InlineData("create con --threads 0", "--threads must be a number from 1 to 1024.")]
    [InlineData("create", "Required argument missing for command: 'create'.")]
    [InlineData("announce http://x/ 123", "\"123\" is no info-hash of 40 or 64 hexadecimal digits, no magnet link and no .torrent file.")]
    [InlineData("announce foo " + Hash, "foo: 'foo' is not the address of an HTTP or UDP tracker.")]
    [InlineData("announce http://x/ " + Hash + " --port 0", "--port must be from 1 to 65535.")]
    [InlineData("announce http://x/ " + Hash + " --peer-id short", "A peer id has 20 characters.")]
    [InlineData("announce http://x/ " + Hash + " --left -1", "--left must not be negative.")]
    [InlineData("scrape http://x/", "Required argument missing for command: 'scrape'.")]
    public async Task Should_say_what_is_wrong_in_a_line_with_exit_code_1(string arguments, string expected)
    {
        _folder.Write("con", 100);
        var (code, output, errors) = await RunAsync(arguments.Split(' '));

        Assert.Equal(1, code);
        Assert.Equal(expected, errors.Trim());
        Assert.Equal("", output.Trim());
    }

    [Theory]
    [InlineData("--help", "Commands:")]
    [InlineData("serve --help", "--Tracker:Port [6969]")]
    [InlineData("create --help", "--piece-length")]
    [InlineData("inspect --help", "inspect <FILE>")]
    [InlineData("announce --help", "--peer-id")]
    [InlineData("scrape --help", "--timeout")]
    public async Task Should_help(string arguments, string expected)
    {
        var (code, output, _) = await RunAsync(arguments.Split(' '));

        Assert.Equal(0, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_inspect_each_file_in_a_line_and_go_on_after_one_that_cannot_be_read()
    {
        _folder.Write("album/a 歌.flac", 20_000);
        _folder.Write("album/b.flac", 5_000);
        await RunAsync("create", "album", "--format", "v2", "-o", "good.torrent", "--tracker", "http://a.example/announce", "--web-seed", "http://w.example/");
        File.WriteAllText(_folder["bad.torrent"], "i1e");
        File.WriteAllText(_folder["cut.torrent"], "d4:infod");

        var (code, output, errors) = await RunAsync("inspect", "bad.torrent", "good.torrent", "none.torrent", "cut.torrent");

        Assert.Equal(1, code);
        var torrent = JsonNode.Parse(Assert.Single(output.Split('\n')))!;
        Assert.Equal("album", (string?)torrent["name"]);
        Assert.Equal("v2", (string?)torrent["version"]);
        Assert.Equal(64, ((string?)torrent["infoHashV2"])!.Length);
        Assert.Null(torrent["infoHashV1"]);
        Assert.Equal(25_000, (int?)torrent["size"]);
        Assert.Equal(["a 歌.flac 20000", "b.flac 5000"], torrent["files"]!.AsArray().Select(file => $"{file!["path"]} {file["size"]}"));
        Assert.Equal("http://a.example/announce", (string?)torrent["trackers"]![0]![0]);
        Assert.Equal("http://w.example/", (string?)torrent["webSeeds"]![0]);
        Assert.False((bool?)torrent["isPrivate"]);
        Assert.Contains("歌", output, StringComparison.Ordinal);
        Assert.Collection(
            errors.Split('\n'),
            line => Assert.StartsWith("bad.torrent: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("none.torrent: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("cut.torrent: This is not a torrent, or a damaged one.", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("udp")]
    public async Task Should_announce_and_scrape(string scheme)
    {
        await using var node = await TestNode.StartAsync();
        var url = $"{scheme}://127.0.0.1:{node.Address.Port}/announce";

        var seeder = await RunAsync("announce", url, Hash, "--left", "0", "--event", "started", "--port", "7001");
        var leecher = await RunAsync("announce", url, $"magnet:?xt=urn:btih:{Hash}", "--event", "started", "--port", "7002");
        var scrape = await RunAsync("scrape", url, Hash, new string('f', 40));

        Assert.True(seeder.Code == 0, seeder.Errors);
        Assert.Equal(1, (int?)JsonNode.Parse(seeder.Output)!["seeders"]);
        Assert.Equal("127.0.0.1:7001", (string?)Assert.Single(JsonNode.Parse(leecher.Output)!["peers"]!.AsArray()));
        var lines = scrape.Output.Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal((Hash, 1, 1), ((string?)lines[0]["hash"], (int?)lines[0]["seeders"], (int?)lines[0]["leechers"]));
        Assert.Equal((new string('f', 40), 0), ((string?)lines[1]["hash"], (int?)lines[1]["seeders"]));
    }

    [Fact]
    public async Task Should_tell_the_trackers_reason_when_it_refuses()
    {
        await using var node = await TestNode.StartAsync("--Tracker:Mode=Registered");
        var url = $"http://127.0.0.1:{node.Address.Port}/announce";
        var (code, output, errors) = await RunAsync("announce", url, Hash);

        Assert.Equal(1, code);
        Assert.Equal($"{url}: this torrent is not registered with this tracker (it says: try again in 30m)", errors);
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Should_know_a_mistyped_command()
    {
        var (code, output, _) = await RunAsync("inspekt", "x.torrent");

        Assert.Equal(1, code);
        Assert.Contains("Did you mean one of the following?\ninspect", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) => NodeProcess.RunAsync(_folder.Path, args);
}
