using System.Net;

namespace OrchardTracker.Frontends.Tests.Http;

public sealed class ClientAddressTests : HttpTrackerFixture
{
    [Theory]
    [InlineData("X-Forwarded-For: 192.0.2.1")]
    [InlineData("Forwarded: for=192.0.2.1")]
    [InlineData("X-Real-IP: 192.0.2.1")]
    [InlineData("CF-Connecting-IP: 192.0.2.1")]
    public async Task Should_not_believe_what_anybody_says_of_his_address(string header)
    {
        var reply = await Get(AnnounceUrl.Of(1).With("ip", "192.0.2.1"), header);

        Assert.Equal([127, 0, 0, 1], reply.BytesOf("external ip"));
        Assert.Equal(IPAddress.Loopback, Assert.Single(Peers()).Endpoint.Address);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData(" 192.0.2.1 ", "192.0.2.1")]
    [InlineData("192.0.2.1:5555", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:5555", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("203.0.113.9, 192.0.2.1", "192.0.2.1")]
    [InlineData("nonsense, 192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, 10.1.1.1", "192.0.2.1")]
    [InlineData("203.0.113.9, 192.0.2.1,10.1.1.1,  10.2.2.2", "192.0.2.1")]
    [InlineData("192.0.2.1, ::ffff:10.1.1.1", "192.0.2.1")]
    [InlineData("10.3.3.3, 10.1.1.1", "10.3.3.3")]
    [InlineData("nonsense, 10.1.1.1", "10.1.1.1")]
    [InlineData("nonsense", "127.0.0.1")]
    [InlineData("192.0.2.1, nonsense", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData(",", "127.0.0.1")]
    public async Task Should_take_the_last_address_that_no_trusted_proxy_has(string forwarded, string address)
    {
        Trust("127.0.0.0/8", "10.0.0.0/8");
        var reply = await Get(AnnounceUrl.Of(1), $"X-Forwarded-For: {forwarded}");

        Assert.Equal(IPAddress.Parse(address).GetAddressBytes(), reply.BytesOf("external ip"));
        Assert.Equal(IPAddress.Parse(address), Assert.Single(Peers()).Endpoint.Address);
    }

    [Fact]
    public async Task Should_read_a_list_over_several_headers()
    {
        Trust("127.0.0.0/8", "10.0.0.0/8");
        await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 192.0.2.1, 10.1.1.1", "X-Forwarded-For: 10.2.2.2");

        Assert.Equal("192.0.2.1", $"{Assert.Single(Peers()).Endpoint.Address}");
    }

    [Fact]
    public async Task Should_read_the_header_that_the_proxy_writes()
    {
        Trust("127.0.0.0/8");
        UseOptions(options => options with { ForwardedForHeader = "CF-Connecting-IP" });
        await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 203.0.113.9", "CF-Connecting-IP: 192.0.2.1");

        Assert.Equal("192.0.2.1", $"{Assert.Single(Peers()).Endpoint.Address}");
    }

    [Fact]
    public async Task Should_believe_only_proxies_in_the_trusted_networks()
    {
        Trust("10.0.0.0/8", "::1/128");
        await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 192.0.2.1");
        Assert.Equal(IPAddress.Loopback, Assert.Single(Peers()).Endpoint.Address);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001%3Adb8%3a%3A1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData("example.org", "127.0.0.1")]
    [InlineData("%zz", "127.0.0.1")]
    [InlineData("192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1192.0.2.1", "127.0.0.1")]
    public async Task Should_let_a_sender_in_a_trusted_network_name_another_address(string ip, string address)
    {
        Trust("127.0.0.0/8");
        await Get(AnnounceUrl.Of(1).With("ip", ip));

        Assert.Equal(IPAddress.Parse(address), Assert.Single(Peers()).Endpoint.Address);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("unknown", "127.0.0.1")]
    [InlineData("unix:", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    [InlineData("unknown, 10.1.1.1", "10.1.1.1")]
    [InlineData("10.3.3.3, 10.1.1.1", "10.3.3.3")]
    public async Task Should_not_let_anybody_behind_a_trusted_proxy_name_another_address(string forwarded, string address)
    {
        Trust("127.0.0.0/8", "10.0.0.0/8");
        await Get(AnnounceUrl.Of(1).With("ip", "203.0.113.9"), $"X-Forwarded-For: {forwarded}");

        Assert.Equal(address, $"{Assert.Single(Peers()).Endpoint.Address}");
    }

    [Fact]
    public async Task Should_ban_who_is_behind_a_proxy_not_the_proxy()
    {
        Trust("127.0.0.0/8");
        Use(settings => settings with { Bans = new Swarms.AddressBans([IPNetwork.Parse("192.0.2.1/32")]) });

        Assert.Equal("your address is banned from this tracker", (await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 192.0.2.1")).FailureReason);
        Assert.Contains("interval", (await Get(AnnounceUrl.Of(1), "X-Forwarded-For: 192.0.2.2")).Keys);
    }

    private void Trust(params string[] networks) =>
        UseOptions(options => options with { TrustedProxies = [.. networks.Select(network => IPNetwork.Parse(network))] });
}
