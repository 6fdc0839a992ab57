using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class ClientNameTests
{
    [Theory]
    [InlineData("-qB4520-", "qBittorrent 4.5.2")]
    [InlineData("-qB50A0-", "qBittorrent 5.0.10")]
    [InlineData("-qB45bB-", "qBittorrent 4.5.37 (beta)")]
    [InlineData("-TR2940-", "Transmission 2.94")]
    [InlineData("-TR3000-", "Transmission 3.00")]
    [InlineData("-TR111Z-", "Transmission 1.11 (development)")]
    [InlineData("-TR4060-", "Transmission 4.0.6")]
    [InlineData("-TR400B-", "Transmission 4.0.0 (beta)")]
    [InlineData("-TR0072-", "Transmission 0.72")]
    [InlineData("-TR0006-", "Transmission 0.6")]
    [InlineData("-LT2080-", "libtorrent 2.0.8")]
    [InlineData("-lt0D80-", "rTorrent 0.13.8")]
    [InlineData("-DE13F0-", "Deluge 1.3.15")]
    [InlineData("-DE211s-", "Deluge 2.1.1")]
    [InlineData("-UT355W-", "µTorrent 3.5.5")]
    [InlineData("-UM1870-", "µTorrent for Mac 1.8.7")]
    [InlineData("-AZ5763-", "Vuze 5.7.6.3")]
    [InlineData("-BI3400-", "BiglyBT 3.4.0")]
    [InlineData("-BC0171-", "BitComet 1.71")]
    [InlineData("-FG0180X", "FlashGet 1.80")]
    [InlineData("-WW0205-", "WebTorrent 2.5")]
    [InlineData("-PI0250-", "PicoTorrent 0.25.0")]
    [InlineData("-KT5200-", "KTorrent 5.2.0")]
    [InlineData("-MO3000-", "MonoTorrent 3.0.0")]
    [InlineData("-GT0003-", "anacrolix/torrent 0.0.0.3")]
    [InlineData("-XL0012-", "Xunlei 0.0.1.2")]
    [InlineData("-BN\0\0\0\0-", "Baidu Netdisk")]
    [InlineData("-qB....-", "qBittorrent")]
    [InlineData("-qB!!!!-", "qBittorrent")]
    [InlineData("A2-1-36-0-", "aria2 1.36.0")]
    [InlineData("TIX0258-", "Tixati 2.58")]
    [InlineData("M7-10-5--", "BitTorrent 7.10.5")]
    [InlineData("M4-3-6--", "BitTorrent 4.3.6")]
    [InlineData("Q1-10-0-", "Queen Bee 1.10.0")]
    [InlineData("S58B-----", "Shadow 5.8.11")]
    [InlineData("T03I-----", "BitTornado 0.3.18")]
    [InlineData("XBT054d-", "XBT Client 0.5.4 (debug)")]
    [InlineData("-ML2.7.2-", "MLDonkey 2.7.2")]
    [InlineData("exbc\u0000\u0038", "BitComet 0.56")]
    [InlineData("exbc\u0001\u0000LORD", "BitLord 1.00")]
    [InlineData("\0\u0003BS", "BitSpirit 3")]
    [InlineData("AZ2500BT", "BitTyrant")]
    [InlineData("346------", "TorrentTopia")]
    [InlineData("OP7654", "Opera")]
    [InlineData("DNA0102", "BitTorrent DNA 1.02")]
    [InlineData("btpd/0.16", "BitTorrent Protocol Daemon")]
    public void Should_name_the_client(string start, string expected)
    {
        var name = ClientName.Of(Id(start));

        Assert.True(name.IsKnown);
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData("-ZZ1234-", "-ZZ1234-")]
    [InlineData("", "%00%00%00%00%00%00%00%00")]
    [InlineData("<b>a b%\n", "<b>a%20b%25%0A")]
    [InlineData("Mxy", "Mxy%00%00%00%00%00")]
    [InlineData("A2-x-", "A2-x-%00%00%00")]
    public void Should_show_unknown_ids_in_a_safe_way(string start, string expected)
    {
        var name = ClientName.Of(Id(start));

        Assert.False(name.IsKnown);
        Assert.Null(name.Version);
        Assert.Equal(expected, name.Name);
    }

    [Fact]
    public void Should_name_any_twenty_bytes_in_printable_characters() =>
        Prop.ForAll(Arb.From(Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("-0123456789ABSTMQqBTRUT".Select(c => (int)c).ToArray())).ArrayOf(20)), bytes =>
            {
                var text = ClientName.Of(new PeerId([.. bytes.Select(b => (byte)b)])).ToString();
                return text.Length is > 0 and < 64 && !text.Any(char.IsControl);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static PeerId Id(string start)
    {
        var bytes = new byte[PeerId.Length];
        Encoding.Latin1.GetBytes(start, bytes);
        return new PeerId(bytes);
    }
}
