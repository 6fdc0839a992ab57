using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class ThrottlingTests : HttpTrackerFixture
{
    protected override Task<TrackerServer> StartAsync() => TrackerServer.StartAsync(new TrackerSettings
    {
        IntervalJitter = 0,
        MinInterval = TimeSpan.FromSeconds(30),
        Rate = new RateLimit(perMinute: 1, burst: 3),
    });

    [Fact]
    public async Task Should_serve_an_early_announce_within_the_limit_as_any_other()
    {
        Fill(10);
        for (var request = 0; request < 3; request++)
        {
            var reply = await Get(AnnounceUrl.Of(1));

            Assert.Equal((10, 1800, 30), (reply.BytesOf("peers").Length / 6, reply.IntegerOf("interval"), reply.IntegerOf("min interval")));
            Assert.DoesNotContain("warning message", reply.Keys);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Should_answer_above_the_limit_with_counts_and_the_time_to_wait(string compact)
    {
        Fill(10);
        await Exhaust();
        var reply = await Get(AnnounceUrl.Of(7).With("compact", compact));

        Assert.Equal((0, 10), (reply.IntegerOf("complete"), reply.IntegerOf("incomplete")));
        Assert.Contains(compact == "1" ? "5:peers0:" : "5:peersle", reply.Text, StringComparison.Ordinal);
        Assert.InRange(reply.IntegerOf("interval"), 60, 61);
        Assert.Equal(reply.IntegerOf("interval"), reply.IntegerOf("min interval"));
        Assert.Equal("you announce too often: no peers until the interval is over", reply.StringOf("warning message"));

        Server.Clock.Advance(TimeSpan.FromSeconds(reply.IntegerOf("interval")));
        Assert.DoesNotContain("warning message", (await Get(AnnounceUrl.Of(7))).Keys);
    }

    [Fact]
    public async Task Should_refuse_scrapes_above_the_limit_and_say_when_to_come_again()
    {
        await Exhaust();
        var reply = await Get("/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa");

        Assert.Equal(("you ask too often: wait a while", "5"), (reply.FailureReason, reply.StringOf("retry in")));
    }

    [Fact]
    public async Task Should_throttle_addresses_not_proxies()
    {
        UseOptions(options => options with { TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.0/8")] });
        for (var client = 1; client < 30; client++)
        {
            Assert.DoesNotContain("warning message", (await Get(AnnounceUrl.Of(client), $"X-Forwarded-For: 192.0.2.{client}")).Keys);
        }

        for (var request = 0; request < 2; request++)
        {
            await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 192.0.2.1");
        }

        Assert.Contains("warning message", (await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 192.0.2.1")).Keys);
    }

    [Fact]
    public async Task Should_throttle_nobody_when_it_is_turned_off()
    {
        await Exhaust();
        Use(settings => settings with { Rate = null });

        Assert.DoesNotContain("warning message", (await Get(AnnounceUrl.Of(1))).Keys);
    }

    private async Task Exhaust()
    {
        for (var request = 0; request < 3; request++)
        {
            await Get("/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa");
        }
    }
}
