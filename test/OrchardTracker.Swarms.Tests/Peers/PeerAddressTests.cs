using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.Swarms.Tests.Peers;

public sealed class PeerAddressTests
{
    private static readonly Arbitrary<byte[]> Bytes4 = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(4).ToArbitrary();
    private static readonly Arbitrary<byte[]> Bytes16 =
        Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(0, 255))).Select(value => (byte)value).ArrayOf(16).ToArbitrary();

    [Fact]
    public void Should_be_the_address_it_was_made_of()
    {
        Prop.ForAll(Bytes4, bytes => IsSame(new IPAddress(bytes))).QuickCheckThrowOnFailure();
        Prop.ForAll(Bytes16, bytes => IsSame(new IPAddress(bytes))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Should_pack_an_endpoint_as_on_the_wire()
    {
        Prop.ForAll(Bytes4, bytes => IsPacked<Endpoint4>(bytes, 6)).QuickCheckThrowOnFailure();
        Prop.ForAll(Bytes16, bytes => PeerAddress.FromBytes(bytes).IsV6 ? IsPacked<Endpoint6>(bytes, 18) : true).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:0.0.0.0", "0.0.0.0")]
    public void Should_take_a_mapped_address_for_the_ipv4_address_in_it(string mapped, string address)
    {
        Assert.Equal(PeerAddress.From(IPAddress.Parse(address)), PeerAddress.From(IPAddress.Parse(mapped)));
        Assert.False(PeerAddress.From(IPAddress.Parse(mapped)).IsV6);
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::192.0.2.1")]
    [InlineData("::fffe:192.0.2.1")]
    [InlineData("1::ffff:192.0.2.1")]
    public void Should_take_no_other_ipv6_address_for_an_ipv4_address(string address) =>
        Assert.True(PeerAddress.From(IPAddress.Parse(address)).IsV6);

    [Fact]
    public void Should_tell_families_apart_whose_bytes_are_alike() =>
        Assert.NotEqual(PeerAddress.FromV4(1), PeerAddress.From(IPAddress.IPv6Loopback));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    public void Should_be_made_of_no_other_length(int length) =>
        Assert.Throws<ArgumentException>(() => PeerAddress.FromBytes(new byte[length]));

    private static bool IsSame(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var value = PeerAddress.From(address);
        var written = new byte[value.Length];
        value.Write(written);
        return value.ToIPAddress().Equals(plain)
            && value.Family == plain.AddressFamily
            && written.AsSpan().SequenceEqual(plain.GetAddressBytes())
            && value.ToString() == plain.ToString()
            && value == PeerAddress.FromBytes(written);
    }

    private static bool IsPacked<TEndpoint>(byte[] address, int length)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        var endpoint = TEndpoint.From(PeerAddress.FromBytes(address), 0x1AE1);
        Span<byte> text = stackalloc byte[45];
        return Unsafe.SizeOf<TEndpoint>() == length
            && System.Runtime.InteropServices.MemoryMarshal.AsBytes([endpoint]).SequenceEqual((byte[])[.. address, 0x1A, 0xE1])
            && endpoint.ToIPEndPoint().Equals(new IPEndPoint(new IPAddress(address), 6881))
            && endpoint.Port == 6881
            && Encoding.UTF8.GetString(text[..endpoint.FormatAddress(text)]) == new IPAddress(address).ToString();
    }
}
