using System.Net;
using OrchardTracker.Swarms;
using OrchardTracker.Swarms.Tests;

namespace OrchardTracker.Frontends.Tests.Udp;

public sealed class ConnectionIdsTests
{
    private const ulong OneMinute = 1UL << 56;

    private readonly TestClock _clock = new();

    /// <summary>No id may tell anything of another address or minute, where an address has room for both (IPv6).</summary>
    [Fact]
    public void Should_not_make_an_id_of_one_address_and_minute_into_that_of_another()
    {
        var ids = new ConnectionIds(_clock);
        var bytes = IPAddress.Parse("2001:db8::1").GetAddressBytes();
        var mine = PeerAddress.FromBytes(bytes);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var id = ids.Issue(mine);
        Assert.True(ids.IsValid(id, mine));

        for (var bit = 0; bit < 64; bit++)
        {
            var other = (byte[])bytes.Clone();
            other[15 - bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(ids.IsValid(id, PeerAddress.FromBytes(other)), $"bit {bit}");
            Assert.False(ids.IsValid(id - OneMinute, PeerAddress.FromBytes(other)), $"bit {bit}, a minute before");
        }

        Assert.False(ids.IsValid(id - OneMinute, mine));
    }

    [Fact]
    public void Should_hash_as_the_authors_of_SipHash_do()
    {
        // Of the bytes 0, 1, 2 … with the key 0, 1, 2 …, as in their reference.
        var hash = new SipHash(0x0706050403020100, 0x0F0E0D0C0B0A0908);

        Assert.Equal(0xB8AD50C6F649AF94, hash.Compute(0x0706050403020100, 0x0F0E0D0C0B0A0908, 0x1716151413121110));
    }
}
