using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class MagnetLinkTests
{
    private const string V1 = "c12fe1c06bba254a9dc9f519b335aa7c1367a88a";
    private const string V2 = "caf1e1c30e81cb361b9ee167c4aa64228a7fa4fa9f6105232b28ad099f3a302e";

    [Fact]
    public void Should_read_all_the_parts_of_a_link()
    {
        var link = MagnetLink.Parse(
            $"magnet:?xt=urn:btih:{V1}&xt=urn:btmh:1220{V2}&dn=A%20name+here&xl=123456789012&tr=http%3A%2F%2Ft.example%2Fannounce%3Fk%3D1&tr.1=udp://u.example:6969"
            + "&ws=https%3A%2F%2Fw.example%2Ff%20g&so=0,2,4,6-8&x.pe=1.2.3.4:6881&x.pe=[2001:db8::1]:6881&x.pe=peer.example:1&unknown=1");

        Assert.Equal(V1, link.InfoHashV1.ToString());
        Assert.Equal(V2, link.InfoHashV2.ToString());
        Assert.Equal("A name here", link.Name);
        Assert.Equal(123_456_789_012, link.Length);
        Assert.Equal(["http://t.example/announce?k=1", "udp://u.example:6969"], link.Trackers);
        Assert.Equal(["https://w.example/f g"], link.WebSeeds);
        Assert.Equal([new(0, 0), new(2, 2), new(4, 4), new(6, 8)], link.SelectedFiles);
        Assert.Equal(["1.2.3.4:6881", "[2001:db8::1]:6881", "peer.example:1"], link.Peers);
    }

    [Fact]
    public void Should_write_the_parts_as_the_beps_show_them()
    {
        Assert.True(InfoHash.TryParseHex(V1, out var v1));
        Assert.True(InfoHashV2.TryParseHex(V2, out var v2));
        var link = new MagnetLink
        {
            InfoHashV1 = v1,
            InfoHashV2 = v2,
            Name = "ä & b",
            Length = 5,
            Trackers = ["http://t.example/announce?k=1&l=2"],
            WebSeeds = ["http://w.example/"],
            SelectedFiles = [new(0, 0), new(6, 8)],
            Peers = ["[::1]:6881"],
        };

        Assert.Equal(
            $"magnet:?xt=urn:btih:{V1}&xt=urn:btmh:1220{V2}&dn=%C3%A4%20%26%20b&xl=5&tr=http%3A%2F%2Ft.example%2Fannounce%3Fk%3D1%26l%3D2"
            + "&ws=http%3A%2F%2Fw.example%2F&so=0,6-8&x.pe=[::1]:6881",
            link.ToString());
        Assert.Equal(link, MagnetLink.Parse(link.ToString()));
        Assert.Equal($"magnet:?xt=urn:btmh:1220{V2}", new MagnetLink { InfoHashV2 = v2 }.ToString());
    }

    [Theory]
    [InlineData("magnet:?xt=urn:btih:YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK")]
    [InlineData("MAGNET:?XT=URN:BTIH:yex6dqdlxisuvhoj6um3gnnkpqjwpkek")]
    [InlineData("  magnet:?dn=x&amp;xt=urn:btih:C12FE1C06BBA254A9DC9F519B335AA7C1367A88A\n")]
    [InlineData("magnet:?xt.1=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&xt.2=urn:sha1:YNCKHTQCWBTRNJIV4WNAE52SJUQCZO5C")]
    [InlineData("magnet:?xt=urn%3Abtih%3Ac12fe1c06bba254a9dc9f519b335aa7c1367a88a")]
    public void Should_read_what_the_world_writes(string text) =>
        Assert.Equal(V1, MagnetLink.Parse(text).InfoHashV1.ToString());

    [Theory]
    [InlineData(null, "A magnet link begins with 'magnet:?'.")]
    [InlineData("", "A magnet link begins with 'magnet:?'.")]
    [InlineData("http://example.com/", "A magnet link begins with 'magnet:?'.")]
    [InlineData("magnet:?", "The link names no torrent: it has no 'xt=urn:btih:' or 'xt=urn:btmh:'.")]
    [InlineData("magnet:?xt=urn:ed2k:31D6CFE0D16AE931B73C59D7E0C089C0", "The link names no torrent: it has no 'xt=urn:btih:' or 'xt=urn:btmh:'.")]
    [InlineData("magnet:?xt=urn:btih:1234", "The hash after 'urn:btih:' must be 40 hexadecimal digits or 32 letters and digits of base 32.")]
    [InlineData("magnet:?xt=urn:btih:1EX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK", "The hash after 'urn:btih:' must be 40 hexadecimal digits or 32 letters and digits of base 32.")]
    [InlineData("magnet:?xt=urn:btih:g12fe1c06bba254a9dc9f519b335aa7c1367a88a", "The hash after 'urn:btih:' must be 40 hexadecimal digits or 32 letters and digits of base 32.")]
    [InlineData("magnet:?xt=urn:btmh:1114c12fe1c06bba254a9dc9f519b335aa7c1367a88a", "The hash after 'urn:btmh:' must be '1220' and 64 hexadecimal digits.")]
    [InlineData("magnet:?xt=urn:btmh:1220caf1", "The hash after 'urn:btmh:' must be '1220' and 64 hexadecimal digits.")]
    [InlineData("magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a&xt=urn:btih:0000e1c06bba254a9dc9f519b335aa7c1367a88a", "The link names two different torrents.")]
    public void Should_say_what_is_wrong_with_a_link(string? text, string message)
    {
        Assert.False(MagnetLink.TryParse(text, out _, out var reason));
        Assert.Equal(message, reason.ToString());
        Assert.Equal(message, Assert.Throws<FormatException>(() => MagnetLink.Parse(text!)).Message);
    }

    [Fact]
    public void Should_refuse_overlong_links()
    {
        Assert.False(MagnetLink.TryParse($"magnet:?xt=urn:btih:{V1}&dn={new string('a', 70_000)}", out _, out var reason));
        Assert.Equal("The link is 70064 characters long; 65536 are allowed.", reason.ToString());
    }

    [Fact]
    public void Should_pass_over_parts_that_are_not_what_they_should_be()
    {
        var link = MagnetLink.Parse(
            $"magnet:?xt=urn:btih:{V1}&xl=-5&xl=x&tr=javascript:alert(1)&tr=&ws=file:///etc/passwd&so=a,3-1,-2,5-,7,99999999999&x.pe=1.2.3.4&x.pe=1.2.3.4:0&x.pe=a b:1&dn=%0Aa%1Bb&=x&novalue&&");

        Assert.Null(link.Length);
        Assert.Empty(link.Trackers);
        Assert.Empty(link.WebSeeds);
        Assert.Empty(link.Peers);
        Assert.Equal([new(7, 7)], link.SelectedFiles);
        Assert.Equal("\uFFFDa\uFFFDb", link.Name);
    }

    [Fact]
    public void Should_link_to_a_torrent_with_its_trackers_and_web_seeds()
    {
        var torrent = Metainfo.Parse(Sample.Torrent("mktorrent-folder.torrent"));
        Assert.Equal(
            "magnet:?xt=urn:btih:20b4cad98801fdfd5c4fc47ab7f5b90143ab03a6&dn=sample&xl=140010&tr=http%3A%2F%2Ftracker.example%2Fannounce"
            + "&tr=http%3A%2F%2Fsecond.example%2Fannounce&tr=udp%3A%2F%2Fthird.example%3A6969%2Fannounce&ws=http%3A%2F%2Fseed.example%2Ffiles%2F",
            MagnetLink.For(torrent).ToString());

        var hybrid = Metainfo.Parse(Sample.Torrent("libtorrent-folder-hybrid.torrent"));
        var link = MagnetLink.Parse(MagnetLink.For(hybrid).ToString());
        Assert.Equal(hybrid.InfoHashV1, link.InfoHashV1);
        Assert.Equal(hybrid.InfoHashV2, link.InfoHashV2);
    }

    [Fact]
    public void Should_read_back_every_link_it_writes() =>
        Prop.ForAll(Links, link => MagnetLink.Parse(link.ToString()).Equals(link)).QuickCheckThrowOnFailure();

    [Fact]
    public void Should_throw_nothing_on_noise() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            {
                MagnetLink.TryParse(text, out _, out _);
                MagnetLink.TryParse("magnet:?" + text, out _, out _);
                MagnetLink.TryParse($"magnet:?xt=urn:btih:{V1}&tr={text}&dn={text}&so={text}&x.pe={text}&xl={text}&ws={text}", out _, out _);
                return true;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Arbitrary<MagnetLink> Links { get; } = Arb.From(
        from hash in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(32)
        from kind in Gen.Choose(1, 3)
        from name in Gen.Elements("a", "ä & ü = ?", "日本", "50% #1 + 2").OrNull()
        from length in Gen.Choose(0, int.MaxValue)
        from trackers in Gen.Elements("http://a.example/x?y=%20&z", "udp://b.example:1", "https://[::1]:8/%C3%A4").ListOf()
        from files in Gen.Choose(0, 999).Select(first => new FileRange(first, first + (first % 3))).ListOf()
        select new MagnetLink
        {
            InfoHashV1 = (kind & 1) != 0 ? new InfoHash(hash.AsSpan(0, 20)) : null,
            InfoHashV2 = (kind & 2) != 0 ? new InfoHashV2(hash) : null,
            Name = name,
            Length = length,
            Trackers = [.. trackers.Distinct()],
            SelectedFiles = [.. files],
        });
}
