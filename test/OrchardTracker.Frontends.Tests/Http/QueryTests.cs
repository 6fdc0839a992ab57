using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class QueryTests : HttpTrackerFixture
{
    public enum Form
    {
        LowerCase,
        UpperCase,
        Mixed,
        WhereNeeded,
    }

    [Theory]
    [InlineData(Form.LowerCase)]
    [InlineData(Form.UpperCase)]
    [InlineData(Form.Mixed)]
    [InlineData(Form.WhereNeeded)]
    public async Task Should_read_every_byte_of_an_info_hash_exactly(Form form)
    {
        // 13 hashes hold all 256 values of a byte, each at some place.
        for (var start = 0; start < 256; start += InfoHash.Length)
        {
            var bytes = Enumerable.Range(start, InfoHash.Length).Select(value => (byte)value).ToArray();
            await Get(AnnounceUrl.Of(1).With("info_hash", Escape(bytes, form)).With("peer_id", Escape([.. bytes.Reverse()], form)));

            var peer = Assert.Single(Peers(new InfoHash(bytes)));
            Assert.Equal(new PeerId([.. bytes.Reverse()]), peer.Id);
            Assert.Contains($"d20:{Encoding.Latin1.GetString(bytes)}d8:completei0e", (await Get($"/scrape?info_hash={Escape(bytes, form)}")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_read_a_plus_as_a_space()
    {
        await Get(AnnounceUrl.Of(1).With("info_hash", "a+b%2Bc%20" + new string('d', 14)));

        Assert.Single(Peers(new InfoHash(Encoding.ASCII.GetBytes("a b+c " + new string('d', 14)))));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData("=")]
    [InlineData("!$'()*,;~")]
    public async Task Should_take_what_clients_leave_unescaped(string characters)
    {
        var text = characters.PadRight(InfoHash.Length, 'x');
        await Get(AnnounceUrl.Of(1).With("info_hash", text));

        Assert.Single(Peers(new InfoHash(Encoding.ASCII.GetBytes(text))));
    }

    [Fact]
    public async Task Should_read_parameters_in_any_order_among_others()
    {
        var reply = await Get(
            $"/announce?corrupt=0&supportcrypto=1&no_peer_id=1&compact=1&redundant=0&left=0&event=started&port=51413&peer_id={AnnounceUrl.IdOf(1)}&ipv6=2001%3Adb8%3A%3A1&info_hash={AnnounceUrl.Escape(AnnounceUrl.Torrent.ToArray())}&numwant=80&key=AbCd");

        Assert.Equal(1, reply.IntegerOf("complete"));
        Assert.Equal(51413, Assert.Single(Peers()).Endpoint.Port);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("none", 1)]
    [InlineData("empty", 1)]
    [InlineData("started", 1)]
    [InlineData("paused", 1)]
    [InlineData("completed", 1)]
    [InlineData("stopped", 0)]
    public async Task Should_take_the_events_that_clients_send(string because, int peers)
    {
        await Get(AnnounceUrl.Of(1));
        var reply = await Get(AnnounceUrl.Of(1).With("event", because));

        Assert.Contains("interval", reply.Keys);
        Assert.Equal(peers, Peers().Count);
    }

    [Fact]
    public async Task Should_take_who_has_completed_for_a_seeder_even_if_he_does_not_say_what_is_left()
    {
        await Get(AnnounceUrl.Of(1));
        var reply = await Get(AnnounceUrl.Of(1).With("event", "completed").Without("left"));

        Assert.Equal((1, 1), (reply.IntegerOf("complete"), reply.IntegerOf("downloaded")));
    }

    [Theory]
    [InlineData("0A1b2C3d", "0a1B2c3D", true)]
    [InlineData("1", "00000001", true)]
    [InlineData("0A1b2C3d", "0a1B2c3E", false)]
    [InlineData("any text, really", "any text, really", true)]
    [InlineData("any text, really", "any text, rarely", false)]
    [InlineData("0A1B2C3D4E5F6071", "0A1B2C3D4E5F6071", true)]
    [InlineData("0A1B2C3D4E5F6071", "0A1B2C3D", false)]
    [InlineData("", "", false)]
    [InlineData("0", "0", false)]
    public async Task Should_know_a_client_at_a_new_port_by_its_key(string key, string later, bool isKnown)
    {
        await Get(AnnounceUrl.Of(1).With("key", Uri.EscapeDataString(key)));
        var reply = await Get(AnnounceUrl.Of(1).With("key", Uri.EscapeDataString(later)).With("port", "7777"));

        Assert.Equal(isKnown ? 1 : 2, reply.IntegerOf("incomplete"));
    }

    [Fact]
    public async Task Should_let_the_clients_key_count_when_the_announce_url_has_one_too()
    {
        await Get(AnnounceUrl.Of(1).With("key", "of-the-url").And("key", "1a2b3c4d"));

        Assert.Equal(1, (await Get(AnnounceUrl.Of(1).With("key", "1a2b3c4d").With("port", "7777"))).IntegerOf("incomplete"));
    }

    private static string Escape(byte[] bytes, Form form)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            _ = form switch
            {
                Form.WhereNeeded when char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' => text.Append((char)value),
                Form.UpperCase or Form.WhereNeeded => text.Append($"%{value:X2}"),
                Form.LowerCase => text.Append($"%{value:x2}"),
                _ => text.Append('%').Append($"{value:X2}"[0]).Append($"{value:x2}"[1]),
            };
        }

        return text.ToString();
    }
}
