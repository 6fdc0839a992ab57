using System.Text;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class MethodTests : HttpTrackerFixture
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task Should_refuse_other_methods(string method)
    {
        foreach (var target in (object[])[AnnounceUrl.Of(1), "/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa", "/announce"])
        {
            var reply = await Server.SendAsync(method, $"{target}", null, "Content-Length: 0");

            Assert.Equal((405, "GET, HEAD"), (reply.Status, reply.Headers["Allow"]));
            Assert.Equal("use GET", reply.StringOf("failure reason"));
        }

        Assert.Empty(Peers());
    }

    [Fact]
    public async Task Should_change_nothing_when_asked_for_the_head()
    {
        await Get(AnnounceUrl.Of(1));
        foreach (var target in (object[])[AnnounceUrl.Of(2), AnnounceUrl.Of(1).With("event", "stopped"), "/announce", "/scrape?info_hash=nonsense"])
        {
            var reply = await Server.SendAsync("HEAD", $"{target}");

            Assert.Equal((200, 0), (reply.Status, reply.Body.Length));
            Assert.Equal("no-store", reply.Headers["Cache-Control"]);
        }

        Assert.Equal(10_001, Assert.Single(Peers()).Endpoint.Port);
    }

    [Theory]
    [InlineData("/announce")]
    [InlineData("/announce/")]
    [InlineData("/announce?")]
    [InlineData("/announce/00112233445566778899aabbccddeeff")]
    [InlineData("/scrape")]
    public async Task Should_tell_people_in_plain_words_what_this_is(string target)
    {
        var reply = await Get(target, "Accept: text/html", "User-Agent: Mozilla/5.0");

        Assert.Equal((200, "text/plain"), (reply.Status, reply.Headers["Content-Type"]));
        Assert.Contains("BitTorrent tracker", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("00112233", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_answer_many_requests_on_one_connection()
    {
        var requests = string.Concat(Enumerable.Range(0, 50).Select(client =>
            $"GET {AnnounceUrl.Of(client)} HTTP/1.1\r\nHost: tracker.test\r\n{(client == 49 ? "Connection: close\r\n" : "")}\r\n"));

        var replies = HttpReply.ReadAll(await Server.ExchangeAsync(Encoding.ASCII.GetBytes(requests))).ToArray();

        Assert.Equal(Enumerable.Range(1, 50).Select(count => (long)count), replies.Select(reply => reply.IntegerOf("incomplete")));
    }

    [Fact]
    public async Task Should_answer_http_1_0()
    {
        var received = await Server.ExchangeAsync(Encoding.ASCII.GetBytes($"GET {AnnounceUrl.Of(1)} HTTP/1.0\r\n\r\n"));

        Assert.Equal(1, Assert.Single(HttpReply.ReadAll(received)).IntegerOf("incomplete"));
    }
}
