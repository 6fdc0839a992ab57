using System.Text;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class HostileRequestTests : HttpTrackerFixture
{
    [Fact]
    public async Task Should_survive_any_bytes_on_the_wire()
    {
        var random = new Random(11);
        for (var round = 0; round < 1_000; round++)
        {
            var request = Encoding.Latin1.GetBytes($"GET {AnnounceUrl.Of(round)} HTTP/1.1\r\nHost: tracker.test\r\nConnection: close\r\n\r\n");
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                request[random.Next(request.Length)] = (byte)random.Next(256);
            }

            // Whatever the server makes of it, it is an answer or a closed connection.
            var received = await Server.ExchangeAsync(request, isAll: true);
            Assert.DoesNotContain("HTTP/1.1 500", Encoding.Latin1.GetString(received), StringComparison.Ordinal);
        }

        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1))).Keys);
    }

    [Theory]
    [InlineData("\u00FF")]
    [InlineData("\u0080\u0081")]
    public async Task Should_not_take_bare_bytes_for_others(string bytes)
    {
        // Bytes above 127 must be escaped; a server in front may refuse them, but nobody may mistake them.
        var received = await Server.ExchangeAsync(Encoding.Latin1.GetBytes(
            $"GET {AnnounceUrl.Of(1).With("info_hash", bytes.PadRight(20, 'x'))} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"));

        var reply = Assert.Single(HttpReply.ReadAll(received));
        var expected = new BitTorrent.InfoHash(Encoding.Latin1.GetBytes(bytes.PadRight(20, 'x')));
        Assert.True(reply.Status == 400 || Peers(expected).Count == 1);
        Assert.Equal(Peers(expected).Count, Engine.Store.GetTotals().Peers);
    }

    [Fact]
    public async Task Should_take_an_absolute_target()
    {
        Assert.Contains("interval", (await Get($"http://tracker.test{AnnounceUrl.Of(1)}")).Keys);
    }
}
