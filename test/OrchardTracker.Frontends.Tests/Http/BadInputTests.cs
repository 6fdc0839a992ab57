namespace OrchardTracker.Frontends.Tests.Http;

public sealed class BadInputTests : HttpTrackerFixture
{
    private const string Numbers = "uploaded, downloaded, left, corrupt and numwant must be whole numbers, not negative and not above 64 bits";
    private const string Escapes = "a percent sign must be followed by two hexadecimal digits";

    [Theory]
    [InlineData("info_hash", "info_hash is missing")]
    [InlineData("peer_id", "peer_id is missing")]
    [InlineData("port", "port is missing")]
    public async Task Should_fail_when_a_mandatory_field_is_missing(string parameter, string reason) =>
        await AssertRefused(AnnounceUrl.Of(1).Without(parameter), reason);

    [Theory]
    [InlineData("uploaded")]
    [InlineData("downloaded")]
    [InlineData("left")]
    [InlineData("key")]
    public async Task Should_not_need(string parameter)
    {
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).Without(parameter))).Keys);
        Assert.False(Assert.Single(Peers()).IsSeeder);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("hhhhhhhhhhhhhhhhhhh")]
    [InlineData("hhhhhhhhhhhhhhhhhhhhh")]
    [InlineData("%68%68%68%68%68%68%68%68%68%68%68%68%68%68%68%68%68%68%68")]
    [InlineData("6868686868686868686868686868686868686868")]
    public async Task Should_fail_when_the_info_hash_has_a_wrong_length(string? value) =>
        await AssertRefused(AnnounceUrl.Of(1).With("info_hash", value), "info_hash must be 20 bytes long");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-OT0001-00000000000")]
    [InlineData("-OT0001-0000000000000")]
    [InlineData("%2DOT0001-00000000000")]
    public async Task Should_fail_when_the_peer_id_has_a_wrong_length(string? value) =>
        await AssertRefused(AnnounceUrl.Of(1).With("peer_id", value), "peer_id must be 20 bytes long");

    [Theory]
    [InlineData("info_hash", "%")]
    [InlineData("info_hash", "hhhhhhhhhhhhhhhhhhhh%")]
    [InlineData("info_hash", "hhhhhhhhhhhhhhhhhhh%4")]
    [InlineData("info_hash", "hhhhhhhhhhhhhhhhhhh%4g")]
    [InlineData("info_hash", "%zzhhhhhhhhhhhhhhhhhhh")]
    [InlineData("info_hash", "%%68hhhhhhhhhhhhhhhhh")]
    [InlineData("peer_id", "-OT0001-00000000000%x0")]
    [InlineData("peer_id", "-OT0001-00000000000%")]
    public async Task Should_fail_when_an_escape_is_broken(string parameter, string value) =>
        await AssertRefused(AnnounceUrl.Of(1).With(parameter, value), Escapes);

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("0x50")]
    [InlineData("%36")]
    [InlineData("http")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("99999999999999999999999999")]
    public async Task Should_fail_when_the_port_is_none(string? value) =>
        await AssertRefused(AnnounceUrl.Of(1).With("port", value), "port must be a number from 1 to 65535");

    [Theory]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("+5")]
    [InlineData("5+")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Should_fail_when_a_number_is_none(string? value)
    {
        foreach (var parameter in (string[])["uploaded", "downloaded", "left", "corrupt", "numwant"])
        {
            if (parameter != "numwant" || value != "-1")
            {
                await AssertRefused(AnnounceUrl.Of(1).With(parameter, value), Numbers);
            }
        }
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("Started")]
    [InlineData("started%20")]
    [InlineData("0")]
    public async Task Should_fail_when_the_event_is_unknown(string value) =>
        await AssertRefused(AnnounceUrl.Of(1).With("event", value), "event must be started, completed, stopped, paused or empty");

    [Theory]
    [InlineData("info_hash")]
    [InlineData("peer_id")]
    [InlineData("port")]
    [InlineData("uploaded")]
    [InlineData("downloaded")]
    [InlineData("left")]
    [InlineData("corrupt")]
    [InlineData("event")]
    [InlineData("numwant")]
    [InlineData("compact")]
    [InlineData("no_peer_id")]
    [InlineData("ip")]
    public async Task Should_fail_when_a_parameter_is_given_twice(string parameter)
    {
        var value = parameter switch
        {
            "info_hash" or "peer_id" => "aaaaaaaaaaaaaaaaaaaa",
            "event" => "started",
            "ip" => "192.0.2.1",
            _ => "1",
        };
        await AssertRefused(AnnounceUrl.Of(1).With(parameter, value).And(parameter, value), "a parameter is given twice");
    }

    [Theory]
    [InlineData("key")]
    [InlineData("passkey")]
    [InlineData("supportcrypto")]
    [InlineData("trackerid")]
    public async Task Should_not_mind_when_another_parameter_is_given_twice(string parameter) =>
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1).And(parameter, "1").And(parameter, "2"))).Keys);

    [Theory]
    [InlineData(4097)]
    [InlineData(8 * 1024)]
    [InlineData(30 * 1024)]
    public async Task Should_fail_when_the_query_is_too_long(int length)
    {
        var url = $"{AnnounceUrl.Of(1)}&x=";
        await AssertRefused(url + new string('x', length - (url.Length - "/announce".Length)), "the request is too long");
    }

    [Fact]
    public async Task Should_take_a_query_that_is_just_short_enough()
    {
        var url = $"{AnnounceUrl.Of(1)}&x=";
        Assert.Contains("interval", (await Get(url + new string('x', 4096 - (url.Length - "/announce".Length)))).Keys);
    }

    [Fact]
    public async Task Should_take_the_greatest_numbers_without_an_overflow()
    {
        var greatest = $"{ulong.MaxValue}";
        var url = AnnounceUrl.Of(1).With("uploaded", greatest).With("downloaded", greatest).With("left", greatest).With("corrupt", greatest).With("numwant", greatest);

        Assert.Equal(1, (await Get(url)).IntegerOf("incomplete"));
    }

    [Theory]
    [InlineData("&")]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("&&&")]
    [InlineData("info_hash")]
    [InlineData("?")]
    [InlineData("%00")]
    public async Task Should_fail_when_the_query_says_nothing(string query) => Assert.Equal(
        query == "info_hash" ? "info_hash must be 20 bytes long" : "info_hash is missing", (await Get("/announce?" + query)).FailureReason);

    [Fact]
    public async Task Should_read_a_query_whose_separators_are_doubled()
    {
        Assert.Contains("interval", (await Get($"{AnnounceUrl.Of(1)}".Replace("&", "&&&", StringComparison.Ordinal) + "&")).Keys);
    }

    private async Task AssertRefused(object url, string reason)
    {
        var reply = await Get(url);

        Assert.Equal(reason, reply.FailureReason);
        Assert.DoesNotContain("retry in", reply.Keys);
        Assert.Equal("no-store", reply.Headers["Cache-Control"]);
        Assert.Empty(Peers());
    }
}
