using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class ReplyTests : HttpTrackerFixture
{
    [Fact]
    public async Task Should_answer_an_announce_with_sorted_keys()
    {
        Fill(3);
        Fill(2, left: 0, isV6: true);
        Use(settings => settings with { TrackerId = "orchard"u8.ToArray() });
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal(
            ["complete", "downloaded", "external ip", "incomplete", "interval", "min interval", "peers", "peers6", "tracker id"],
            reply.Keys);
        Assert.Equal((2, 4, 0), (reply.IntegerOf("complete"), reply.IntegerOf("incomplete"), reply.IntegerOf("downloaded")));
        Assert.Equal((1800, 300), (reply.IntegerOf("interval"), reply.IntegerOf("min interval")));
        Assert.Equal("orchard", reply.StringOf("tracker id"));
    }

    [Fact]
    public async Task Should_be_kept_by_no_cache()
    {
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal(("no-store", "text/plain"), (reply.Headers["Cache-Control"], reply.Headers["Content-Type"]));
        Assert.Equal($"{reply.Body.Length}", reply.Headers["Content-Length"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Should_pack_peers_unless_told_otherwise(string? compact)
    {
        Fill(30);
        Fill(20, isV6: true);
        var url = compact is null ? AnnounceUrl.Of(1) : AnnounceUrl.Of(1).With("compact", compact);
        var reply = await Get(url);

        var v4 = Unpack(reply.BytesOf("peers"), 6);
        var v6 = Unpack(reply.BytesOf("peers6"), 18);
        Assert.Equal(50, v4.Concat(v6).Distinct().Count());
        Assert.Subset(Peers().Select(peer => peer.Endpoint).ToHashSet(), v4.Concat(v6).ToHashSet());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Should_list_peers_as_dictionaries_when_told_so(string? noPeerId)
    {
        Fill(10);
        Fill(5, isV6: true);
        var url = AnnounceUrl.Of(1).With("compact", "0").With("numwant", "100");
        url = noPeerId is null ? url : url.With("no_peer_id", noPeerId);
        var reply = await Get(url);

        Assert.DoesNotContain("peers6", reply.Keys);
        var given = Assert.IsType<BencodeList>(reply.Bencode["peers"]).Items.Cast<BencodeDictionary>().ToArray();
        var known = Peers().ToDictionary(peer => peer.Endpoint, peer => peer.Id);
        Assert.Equal(15, given.Length);
        foreach (var peer in given)
        {
            var endpoint = new IPEndPoint(
                IPAddress.Parse(System.Text.Encoding.ASCII.GetString(Assert.IsType<BencodeString>(peer["ip"]).Bytes.Span)),
                (int)Assert.IsType<BencodeInteger>(peer["port"]).Value);
            Assert.True(known.Remove(endpoint, out var id));
            if (noPeerId == "1")
            {
                Assert.Null(peer["peer id"]);
            }
            else
            {
                Assert.Equal(id, new PeerId(Assert.IsType<BencodeString>(peer["peer id"]).Bytes.Span));
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Should_answer_with_the_most_peers_that_may_ever_be_given(string compact)
    {
        Use(settings => settings with { MaxWanted = TrackerSettings.MostWanted });
        Fill(400);
        Fill(400, isV6: true);
        var reply = await Get(AnnounceUrl.Of(1).With("compact", compact).With("numwant", "1000000"));

        var given = compact == "0"
            ? Assert.IsType<BencodeList>(reply.Bencode["peers"]).Items.Count
            : reply.BytesOf("peers").Length / 6 + reply.BytesOf("peers6").Length / 18;
        Assert.Equal(TrackerSettings.MostWanted, given);
    }

    [Theory]
    [InlineData(null, 50)]
    [InlineData("-1", 50)]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("100", 100)]
    [InlineData("101", 100)]
    [InlineData("18446744073709551615", 100)]
    public async Task Should_give_as_many_peers_as_wanted_up_to_a_cap(string? wanted, int given)
    {
        Fill(200);
        var url = wanted is null ? AnnounceUrl.Of(1) : AnnounceUrl.Of(1).With("numwant", wanted);

        Assert.Equal(given, (await Get(url)).BytesOf("peers").Length / 6);
    }

    [Fact]
    public async Task Should_leave_peers6_out_when_there_is_nothing_to_say()
    {
        Fill(3);

        Assert.DoesNotContain("peers6", (await Get(AnnounceUrl.Of(1))).Keys);
    }

    [Fact]
    public async Task Should_serve_over_ipv6()
    {
        Fill(3);
        Fill(3, isV6: true);
        var reply = await GetOverV6(AnnounceUrl.Of(1));

        Assert.Equal((3, 3), (reply.BytesOf("peers").Length / 6, reply.BytesOf("peers6").Length / 18));
        Assert.Equal(IPAddress.IPv6Loopback.GetAddressBytes(), reply.BytesOf("external ip"));
        Assert.Contains(Peers(), peer => peer.Endpoint.Equals(new IPEndPoint(IPAddress.IPv6Loopback, 10_001)));
    }

    [Fact]
    public async Task Should_tell_an_ipv6_client_that_there_are_no_ipv6_peers()
    {
        Assert.Empty((await GetOverV6(AnnounceUrl.Of(1))).BytesOf("peers6"));
    }

    [Fact]
    public async Task Should_count_a_client_once_that_comes_over_both_families()
    {
        await Get(AnnounceUrl.Of(1));
        var reply = await GetOverV6(AnnounceUrl.Of(1));

        Assert.Equal(1, reply.IntegerOf("incomplete"));
        Assert.Empty(reply.BytesOf("peers"));
    }

    [Fact]
    public async Task Should_tell_a_client_its_address()
    {
        Assert.Equal([127, 0, 0, 1], (await Get(AnnounceUrl.Of(1))).BytesOf("external ip"));

        Use(settings => settings with { TellsExternalAddress = false });
        Assert.DoesNotContain("external ip", (await Get(AnnounceUrl.Of(1))).Keys);
    }

    [Fact]
    public async Task Should_warn_who_is_not_remembered()
    {
        Use(settings => settings with { Limits = settings.Limits with { MaxPeers = 0 } });
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal("this tracker is full: other peers will not be told of you", reply.StringOf("warning message"));
        Assert.Contains("interval", reply.Keys);
    }

    [Theory]
    [InlineData("", "this torrent is not available at the moment", "60")]
    [InlineData("it is being checked: wait an hour", "it is being checked: wait an hour", "60")]
    [InlineData("Prüfung läuft 🎬", "Prüfung läuft 🎬", "60")]
    public async Task Should_say_why_a_torrent_is_refused_and_when_to_come_again(string refusal, string reason, string retry)
    {
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent, Refusal: refusal));
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal((reason, retry), (reply.FailureReason, reply.StringOf("retry in")));
    }

    [Fact]
    public async Task Should_cut_a_reason_that_is_too_long()
    {
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent, Refusal: new string('ж', 5000)));

        Assert.Equal(new string('ж', 300), (await Get(AnnounceUrl.Of(1))).FailureReason);
    }

    [Theory]
    [InlineData(TrackerMode.Registered, "this torrent is not registered with this tracker", "30")]
    [InlineData(TrackerMode.Private, "this tracker needs a passkey: download the torrent again while you are logged in", "never")]
    public async Task Should_say_why_a_client_is_refused_and_when_to_come_again(TrackerMode mode, string reason, string retry)
    {
        Use(settings => settings with { Mode = mode });
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal((reason, retry), (reply.FailureReason, reply.StringOf("retry in")));
    }

    [Fact]
    public async Task Should_say_that_it_is_full()
    {
        Use(settings => settings with { Limits = settings.Limits with { MaxSwarms = 0 } });
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal(("this tracker has no room for more torrents", "15"), (reply.FailureReason, reply.StringOf("retry in")));
    }

    [Fact]
    public async Task Should_say_that_a_torrent_was_taken_down()
    {
        Engine.Torrents.Set(new TorrentEntry(AnnounceUrl.Torrent, IsBlocked: true));
        var reply = await Get(AnnounceUrl.Of(1));

        Assert.Equal(("this torrent has been taken down", "never"), (reply.FailureReason, reply.StringOf("retry in")));
    }

    [Fact]
    public async Task Should_say_that_a_client_or_an_address_is_not_allowed()
    {
        Use(settings => settings with { Clients = new ClientRules([], ["-OT"]) });
        Assert.Equal("this BitTorrent client is not allowed here", (await Get(AnnounceUrl.Of(1))).FailureReason);

        Use(settings => settings with { Bans = new AddressBans([IPNetwork.Parse("127.0.0.0/8")]) });
        Assert.Equal("your address is banned from this tracker", (await Get(AnnounceUrl.Of(1))).FailureReason);
    }

    [Fact]
    public async Task Should_tell_nothing_of_its_inside_when_it_fails()
    {
        Engine.Events = new Failing();
        await Get(AnnounceUrl.Of(1));
        var reply = await Get(AnnounceUrl.Of(1).With("event", "completed").With("left", "0"));

        Assert.Equal(500, reply.Status);
        Assert.Empty(reply.Body);
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(2))).Keys);
    }

    private sealed class Failing : ITrackerEvents
    {
        public void OnAccount(in AccountDelta delta, in PeerAnnounce announce) => throw new InvalidOperationException("The database password is 1234.");

        public void OnCompleted(in PeerAnnounce announce) => throw new InvalidOperationException("The database password is 1234.");
    }
}
