using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.Swarms.Tests.Access;

public sealed class AddressBansTests
{
    [Fact]
    public void Should_ban_nobody_by_default()
    {
        Assert.False(IsBanned(AddressBans.None, "192.0.2.1"));
        Assert.False(IsBanned(AddressBans.None, "::"));
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", true)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.1.255", false)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7/32", "192.0.2.7", true)]
    [InlineData("192.0.2.7/32", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("::/0", "ffff::1", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.1", false)]
    public void Should_ban_the_addresses_of_a_network(string network, string address, bool banned) =>
        Assert.Equal(banned, IsBanned(new AddressBans([IPNetwork.Parse(network)]), address));

    [Fact]
    public void Should_ban_what_any_of_its_networks_holds() =>
        Prop.ForAll(
                Gen.Choose(0, 32).Zip(Gen.Choose(int.MinValue, int.MaxValue)).ListOf().ToArbitrary(),
                Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
                (pairs, stranger) =>
                {
                    var networks = pairs.Select(pair => ToNetwork(pair.Item1, pair.Item2)).ToArray();
                    var bans = new AddressBans(networks);
                    return networks.SelectMany(network => Around(network.BaseAddress)).Append(ToAddress((uint)stranger)).All(address =>
                        bans.Contains(PeerAddress.From(address)) == networks.Any(network => network.Contains(address)));
                })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool IsBanned(AddressBans bans, string address) => bans.Contains(PeerAddress.From(IPAddress.Parse(address)));

    private static IPNetwork ToNetwork(int length, int address) =>
        new(ToAddress(length == 0 ? 0 : (uint)address & (uint.MaxValue << (32 - length))), length);

    private static IPAddress ToAddress(uint address) => PeerAddress.FromV4(address).ToIPAddress();

    private static IEnumerable<IPAddress> Around(IPAddress address)
    {
        var value = PeerAddress.From(address).V4;
        return [ToAddress(value), ToAddress(value - 1), ToAddress(value + 1), ToAddress(value | 0xFF), ToAddress(value ^ 0x8000)];
    }
}
