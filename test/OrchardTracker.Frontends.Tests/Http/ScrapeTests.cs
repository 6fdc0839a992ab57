using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class ScrapeTests : HttpTrackerFixture
{
    [Fact]
    public async Task Should_answer_a_scrape_of_many_torrents_with_sorted_binary_keys()
    {
        // Among them bytes that are no text, no ASCII, and the digits and colons of bencode itself.
        var random = new Random(7);
        var hashes = Enumerable.Range(0, 40).Select(number =>
        {
            var bytes = new byte[InfoHash.Length];
            random.NextBytes(bytes);
            bytes[0] = (byte)(number * 6);
            return new InfoHash(bytes);
        }).Append(new InfoHash("d8:completei0e10:dow"u8)).ToArray();
        for (var number = 0; number < hashes.Length; number++)
        {
            Fill(number + 1, hash: hashes[number]);
        }

        var shuffled = hashes.ToArray();
        random.Shuffle(shuffled);
        var reply = await Get("/scrape?" + string.Join('&', shuffled.Select(hash => $"info_hash={AnnounceUrl.Escape(hash.ToArray())}")));

        Assert.Equal(["files", "flags"], reply.Keys);
        var files = Assert.IsType<BencodeDictionary>(reply.Bencode["files"]);
        Assert.Equal(hashes.Order(), files.Entries.Select(file => new InfoHash(file.Key.Span)));
        Assert.All(
            hashes.Select((hash, number) => (hash, number)),
            pair => Assert.Equal(pair.number + 1, NumberOf(files, pair.hash, "incomplete")));
    }

    [Fact]
    public async Task Should_tell_seeders_leechers_downloads_and_downloaders()
    {
        Fill(2, left: 0);
        await Get(AnnounceUrl.Of(1));
        await Get(AnnounceUrl.Of(2).With("event", "paused"));
        await Get(AnnounceUrl.Of(3));
        await Get(AnnounceUrl.Of(3).With("event", "completed").With("left", "0"));

        var reply = await Get(Scrape(AnnounceUrl.Torrent));

        var file = Assert.IsType<BencodeDictionary>(Assert.Single(Assert.IsType<BencodeDictionary>(reply.Bencode["files"]).Entries).Value);
        Assert.Equal(["complete", "downloaded", "downloaders", "incomplete"], file.Entries.Select(entry => System.Text.Encoding.ASCII.GetString(entry.Key.Span)));
        Assert.Equal([3, 1, 1, 2], file.Entries.Select(entry => Assert.IsType<BencodeInteger>(entry.Value).Value));
        var flags = Assert.IsType<BencodeDictionary>(reply.Bencode["flags"]);
        Assert.Equal(300, Assert.IsType<BencodeInteger>(flags["min_request_interval"]).Value);
        Assert.Equal(("no-store", "text/plain"), (reply.Headers["Cache-Control"], reply.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Should_tell_zeros_of_a_torrent_it_does_not_know()
    {
        var files = Assert.IsType<BencodeDictionary>((await Get(Scrape(AnnounceUrl.Torrent))).Bencode["files"]);

        Assert.Equal([0, 0, 0, 0], ((string[])["complete", "downloaded", "downloaders", "incomplete"]).Select(key => NumberOf(files, AnnounceUrl.Torrent, key)));
        Assert.Equal(0, Engine.Store.GetTotals().Swarms);
    }

    [Fact]
    public async Task Should_tell_a_torrent_once_that_is_asked_for_twice()
    {
        var reply = await Get(Scrape(AnnounceUrl.Torrent, AnnounceUrl.Torrent));

        Assert.Single(Assert.IsType<BencodeDictionary>(reply.Bencode["files"]).Entries);
    }

    [Fact]
    public async Task Should_tell_the_same_of_both_hashes_of_a_hybrid()
    {
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent, HashOf(1)));
        Fill(3);
        Fill(5, hash: HashOf(1));

        var files = Assert.IsType<BencodeDictionary>((await Get(Scrape(AnnounceUrl.Torrent, HashOf(1)))).Bencode["files"]);

        Assert.Equal((5, 5), (NumberOf(files, AnnounceUrl.Torrent, "incomplete"), NumberOf(files, HashOf(1), "incomplete")));
    }

    [Fact]
    public async Task Should_fail_when_too_many_torrents_are_asked_for()
    {
        Use(settings => settings with { MaxScrapeHashes = 5 });
        var hashes = Enumerable.Range(0, 6).Select(HashOf).ToArray();

        Assert.Equal("too many torrents in one scrape", (await Get(Scrape(hashes))).FailureReason);
        Assert.Equal(["files", "flags"], (await Get(Scrape(hashes[..5]))).Keys);
    }

    [Fact]
    public async Task Should_answer_the_greatest_scrape_that_may_ever_be()
    {
        Use(settings => settings with { MaxScrapeHashes = TrackerSettings.MostScrapeHashes });
        var reply = await Get(Scrape([.. Enumerable.Range(0, TrackerSettings.MostScrapeHashes).Select(HashOf)]));

        Assert.Equal(TrackerSettings.MostScrapeHashes, Assert.IsType<BencodeDictionary>(reply.Bencode["files"]).Entries.Count);
    }

    [Theory]
    [InlineData("/scrape?info_hash=short", "info_hash must be 20 bytes long")]
    [InlineData("/scrape?info_hash=", "info_hash must be 20 bytes long")]
    [InlineData("/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa&info_hash=%zz", "a percent sign must be followed by two hexadecimal digits")]
    [InlineData("/scrape?x=y", "name the torrents to scrape by info_hash")]
    [InlineData("/scrape?&", "name the torrents to scrape by info_hash")]
    public async Task Should_fail_when_a_scrape_is_wrong(string target, string reason) =>
        Assert.Equal(reason, (await Get(target)).FailureReason);

    [Fact]
    public async Task Should_tell_all_it_serves_in_a_full_scrape_only_when_that_is_allowed()
    {
        for (var number = 0; number < 500; number++)
        {
            Fill(number % 5 + 1, hash: HashOf(number));
        }

        Engine.Torrents.Set(new TorrentEntry(HashOf(3), Refusal: "no"));
        Fill(1, hash: HashOf(3));
        Assert.Equal("name the torrents to scrape by info_hash", (await Get("/scrape?all=1")).FailureReason);

        Use(settings => settings with { AllowsFullScrape = true });
        var files = Assert.IsType<BencodeDictionary>((await Get("/scrape?all=1")).Bencode["files"]);

        Assert.Equal(499, files.Entries.Count);
        Assert.Null(files[HashOf(3).ToArray()]);
        Assert.Equal(5, NumberOf(files, HashOf(4), "incomplete"));
    }

    [Fact]
    public async Task Should_answer_no_scrape_when_told_so()
    {
        Use(settings => settings with { AllowsScrape = false, AllowsFullScrape = true });

        Assert.Equal("this tracker does not answer scrapes", (await Get(Scrape(AnnounceUrl.Torrent))).FailureReason);
        Assert.Equal("this tracker does not answer scrapes", (await Get("/scrape?all=1")).FailureReason);
    }

    [Fact]
    public async Task Should_answer_a_scrape_of_users_only_when_private()
    {
        const string Key = "00112233445566778899aabbccddeeff";
        Use(settings => settings with { Mode = TrackerMode.Private });
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent));
        Passkey.TryParse(Key, out var passkey);
        Engine.Passkeys.Set(5, passkey.Digest());
        var scrape = Scrape(AnnounceUrl.Torrent);

        Assert.Equal("this tracker needs a passkey: download the torrent again while you are logged in", (await Get(scrape)).FailureReason);
        Assert.Equal("this passkey is not valid: download the torrent again while you are logged in", (await Get(scrape + "&passkey=x")).FailureReason);
        foreach (var allowed in (string[])[scrape + "&passkey=" + Key, scrape.Replace("/scrape", $"/scrape/{Key}", StringComparison.Ordinal), $"/{Key}{scrape}"])
        {
            Assert.Equal(["files", "flags"], (await Get(allowed)).Keys);
        }
    }

    [Fact]
    public async Task Should_refuse_scrapes_of_banned_addresses()
    {
        Use(settings => settings with { Bans = new AddressBans([IPNetwork.Parse("127.0.0.1/32")]) });

        Assert.Equal("your address is banned from this tracker", (await Get(Scrape(AnnounceUrl.Torrent))).FailureReason);
    }

    private static InfoHash HashOf(int number) => new(System.Security.Cryptography.SHA1.HashData(BitConverter.GetBytes(number)));

    private static string Scrape(params InfoHash[] hashes) =>
        "/scrape?" + string.Join('&', hashes.Select(hash => $"info_hash={AnnounceUrl.Escape(hash.ToArray())}"));

    private static long NumberOf(BencodeDictionary files, InfoHash hash, string key) =>
        Assert.IsType<BencodeInteger>(Assert.IsType<BencodeDictionary>(files[hash.ToArray()])[key]).Value;
}
