using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Peers;

/// <summary>Strangers choose ids, keys, addresses and ports: none of their bytes may be left out of a hash.</summary>
public sealed class PeerHashTests
{
    private const int Values = 10_000;

    // Of 10,000 values in 32 bits, 0.01 pairs collide on average.
    private const int Distinct = Values - 10;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void Should_spread_ids_that_differ_in_four_bytes(int offset) => AssertSpread(value =>
    {
        Span<byte> id = stackalloc byte[PeerId.Length];
        BitConverter.TryWriteBytes(id[offset..], value);
        return new PeerInfo { Id = new PeerId(id), Key = 1 }.IdentityHash();
    });

    [Fact]
    public void Should_spread_keys() => AssertSpread(value => new PeerInfo { Key = (uint)value + 1 }.IdentityHash());

    [Fact]
    public void Should_spread_users() => AssertSpread(value => new PeerInfo { User = value + 1 }.IdentityHash());

    [Fact]
    public void Should_spread_ipv4_addresses() =>
        AssertSpread(value => Endpoint4.From(PeerAddress.FromV4((uint)value << 16), 6881).Hash());

    [Fact]
    public void Should_spread_ipv4_ports() =>
        AssertSpread(value => Endpoint4.From(PeerAddress.FromV4(1), (ushort)(value + 1)).Hash());

    [Fact]
    public void Should_spread_ipv6_ports() =>
        AssertSpread(value => Endpoint6.From(PeerAddress.FromBytes(new byte[16]), (ushort)(value + 1)).Hash());

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public void Should_spread_ipv6_addresses(int offset) => AssertSpread(value =>
    {
        Span<byte> address = stackalloc byte[16];
        BitConverter.TryWriteBytes(address[offset..], value + 1);
        return Endpoint6.From(PeerAddress.FromBytes(address), 6881).Hash();
    });

    private static void AssertSpread(Func<int, uint> hash)
    {
        var hashes = Enumerable.Range(0, Values).Select(hash).ToArray();

        Assert.True(hashes.Distinct().Count() >= Distinct);

        // What finds a place in a table, and what tells entries in one place apart.
        Assert.All(hashes.GroupBy(value => value & 0x3FF), group => Assert.InRange(group.Count(), 0, 100));
        Assert.All(hashes.GroupBy(value => value >> 24), group => Assert.InRange(group.Count(), 0, 200));
    }
}
