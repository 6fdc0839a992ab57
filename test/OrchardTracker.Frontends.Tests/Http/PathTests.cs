using Microsoft.AspNetCore.Builder;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class PathTests : HttpTrackerFixture
{
    private const string Key = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("/announce")]
    [InlineData("/announce/")]
    [InlineData("/announce/" + Key)]
    [InlineData("/" + Key + "/announce")]
    public async Task Should_answer_announces_at(string path) =>
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).At(path))).Keys);

    [Theory]
    [InlineData("/scrape")]
    [InlineData("/scrape/")]
    [InlineData("/scrape/" + Key)]
    [InlineData("/" + Key + "/scrape")]
    public async Task Should_answer_scrapes_at(string path) =>
        Assert.Contains("files", (await Get(AnnounceUrl.Of(1).At(path))).Keys);

    [Theory]
    [InlineData("/")]
    [InlineData("/Announce")]
    [InlineData("/announcement")]
    [InlineData("/announce.php")]
    [InlineData("/announce/a/b")]
    [InlineData("/announce/" + Key + "/")]
    [InlineData("/x/announce")]
    [InlineData("/0/" + Key + "/announce")]
    [InlineData("/0011223344/5566778899aabbccddeeff/announce")]
    [InlineData("/" + Key + "0/announce")]
    [InlineData("//announce")]
    [InlineData("/scrape/../secret")]
    [InlineData("/announce/..%2f..%2fetc/passwd")]
    public async Task Should_leave_to_the_host(string path)
    {
        var reply = await Get(AnnounceUrl.Of(1).At(path));

        Assert.Equal((404, TrackerServer.NotTheTracker), (reply.Status, reply.Text));
        Assert.Empty(Peers());
    }

    [Fact]
    public async Task Should_answer_below_a_path_base()
    {
        await using var server = await TrackerServer.StartAsync(configure: (app, tracker) =>
        {
            app.UsePathBase("/tenant");
            app.Map("/deep/er", below => below.UseTracker(tracker));
            app.UseTracker(tracker);
        });

        Assert.Contains("interval", (await server.GetAsync($"{AnnounceUrl.Of(1).At("/tenant/announce/" + Key)}")).Keys);
        Assert.Contains("files", (await server.GetAsync("/tenant/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa")).Keys);
        Assert.Contains("interval", (await server.GetAsync($"{AnnounceUrl.Of(1).At("/tenant/deep/er/announce")}")).Keys);
        Assert.Contains("interval", (await server.GetAsync($"{AnnounceUrl.Of(1).At("/announce")}")).Keys);
        Assert.Equal(404, (await server.GetAsync($"{AnnounceUrl.Of(1).At("/other/announce")}")).Status);
    }

    [Fact]
    public async Task Should_answer_at_paths_of_the_operators_choice()
    {
        UseOptions(options => options with { AnnouncePath = "/tracker/announce.php", ScrapePath = "/tracker/scrape.php" });

        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).At("/tracker/announce.php/" + Key))).Keys);
        Assert.Contains("files", (await Get("/tracker/scrape.php?info_hash=aaaaaaaaaaaaaaaaaaaa")).Keys);
        Assert.Equal(404, (await Get(AnnounceUrl.Of(1))).Status);
    }

    [Theory]
    [InlineData("/announce/" + Key)]
    [InlineData("/announce/00112233445566778899AABBCCDDEEFF")]
    [InlineData("/" + Key + "/announce")]
    [InlineData("/announce?passkey=" + Key)]
    [InlineData("/announce/%30%30112233445566778899aabbccddeeff")]
    public async Task Should_know_a_user_by_the_passkey_in(string path)
    {
        MakePrivate();
        var parts = path.Split('?');
        var url = AnnounceUrl.Of(1).At(parts[0]);
        url = parts.Length > 1 ? url.With("passkey", Key) : url;

        Assert.Contains("interval", (await Get(url)).Keys);

        Assert.Equal(5, Assert.Single(Peers()).User);
    }

    [Theory]
    [InlineData("/announce", "this tracker needs a passkey: download the torrent again while you are logged in")]
    [InlineData("/announce/", "this tracker needs a passkey: download the torrent again while you are logged in")]
    [InlineData("/announce/nonsense", "this passkey is not valid: download the torrent again while you are logged in")]
    [InlineData("/announce/ffffffffffffffffffffffffffffffff", "this passkey is not valid: download the torrent again while you are logged in")]
    [InlineData("/announce/" + Key + "00", "this passkey is not valid: download the torrent again while you are logged in")]
    [InlineData("/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/announce", "this passkey is not valid: download the torrent again while you are logged in")]
    public async Task Should_refuse_a_passkey_that_is_nobodys(string path, string reason)
    {
        MakePrivate();
        var reply = await Get(AnnounceUrl.Of(1).At(path));

        Assert.Equal(reason, reply.FailureReason);
        Assert.Equal("never", reply.StringOf("retry in"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_refuse_a_passkey_of_10_kilobytes(bool inPath)
    {
        MakePrivate();
        var passkey = new string('a', 10 * 1024);
        var url = inPath ? AnnounceUrl.Of(1).At("/announce/" + passkey) : AnnounceUrl.Of(1).With("passkey", passkey);

        Assert.Equal(
            inPath ? "this passkey is not valid: download the torrent again while you are logged in" : "the request is too long",
            (await Get(url)).FailureReason);
    }

    [Fact]
    public async Task Should_not_mind_a_passkey_when_open()
    {
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).At("/announce/" + Key))).Keys);
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).At("/announce/nonsense"))).Keys);
        Assert.Equal(0, Assert.Single(Peers()).User);
    }

    private void MakePrivate()
    {
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent));
        Assert.True(Passkey.TryParse(Key, out var passkey));
        Engine.Passkeys.Set(5, passkey.Digest());
    }
}
