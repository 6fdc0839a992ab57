namespace OrchardTracker.BitTorrent.Tests;

public sealed class KnownTorrentTests
{
    public static TheoryData<string> Names => [.. Sample.Names];

    [Theory]
    [InlineData("mktorrent-folder.torrent", "20b4cad98801fdfd5c4fc47ab7f5b90143ab03a6", null)]
    [InlineData("mktorrent-single.torrent", "ca438db74ff14a9a31d62125cf26eb47bd16ddc0", null)]
    [InlineData("transmission-folder.torrent", "63d32e7b1d8cbe5707b0f7989365b7cd983e6ead", null)]
    [InlineData("transmission-single.torrent", "02691ca3004a7a289afe22ed806b48803eaa22e8", null)]
    [InlineData("libtorrent-folder-v1.torrent", "70220d64bd07dc69f650da4b1624b55ad7824fd0", null)]
    [InlineData("libtorrent-single-v1.torrent", "d623ed24d20566d7fb35fef2d2526b79ce0a6b52", null)]
    [InlineData("libtorrent-folder-v2.torrent", null, "075993a901bb8ab7d8f433aed25cab18357a292fb445e1d2773cd871a6835469")]
    [InlineData("libtorrent-single-v2.torrent", null, "809f51d848f228f6663eb9281cb59d386121bd779efc67e17ea6ff15b0e3cd30")]
    [InlineData("libtorrent-folder-hybrid.torrent", "cbecc98d868c379034fc231f598bfb91848a419a", "e63a007a4de1311f35716051f638f6f7fe044b97ced1fbbb3f3f0aac6da00501")]
    [InlineData("libtorrent-single-hybrid.torrent", "f0c0569045f10455632888ce6ce8608d159fb12d", "87851a53534680e282ecc2fd43fabb43ad3af2f149ebbba3381a1f9a4595b632")]
    public void Should_know_the_hashes_that_other_tools_print(string name, string? v1, string? v2)
    {
        var torrent = Metainfo.Parse(Sample.Torrent(name));

        Assert.Equal(v1, torrent.InfoHashV1?.ToString());
        Assert.Equal(v2, torrent.InfoHashV2?.ToString());
        Assert.Equal((v1, v2) switch { (_, null) => MetainfoVersion.V1, (null, _) => MetainfoVersion.V2, _ => MetainfoVersion.Hybrid }, torrent.Version);
        Assert.Equal(new[] { v1, v2?[..40] }.Where(hash => hash is not null), torrent.TrackerHashes.Select(hash => hash.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_name_the_files_with_their_lengths(string name)
    {
        var torrent = Metainfo.Parse(Sample.Torrent(name));
        var files = torrent.Files.Where(file => !file.IsPadding).Select(file => (file.FullPath, file.Length)).ToHashSet();

        if (name.Contains("single", StringComparison.Ordinal))
        {
            Assert.True(torrent.IsSingleFile);
            Assert.Equal("single.bin", torrent.Name);
            Assert.Equal([("single.bin", 70_000L)], files);
            Assert.Equal(70_000, torrent.TotalLength);
        }
        else
        {
            Assert.False(torrent.IsSingleFile);
            Assert.Equal("sample", torrent.Name);
            var expected = Sample.Folder.Where(file => file.Value.Length > 0 || !name.StartsWith("transmission", StringComparison.Ordinal))
                .Select(file => (file.Key, (long)file.Value.Length));
            Assert.True(files.SetEquals(expected));
            Assert.Equal(140_010, torrent.TotalLength);
        }

        Assert.Empty(torrent.Warnings);
        Assert.Equal([["http://tracker.example/announce"]], torrent.AnnounceTiers.Take(1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_match_every_piece_with_its_data_and_with_no_other(string name)
    {
        var torrent = Metainfo.Parse(Sample.Torrent(name));
        for (var i = 0; i < torrent.PieceCount; i++)
        {
            var slices = torrent.MapPiece(i);
            var data = slices.SelectMany(slice => Sample.Content(torrent, slice.File).Skip((int)slice.Offset).Take((int)slice.Length)).ToArray();

            Assert.Equal(torrent.GetPieceLength(i), data.Length);
            Assert.True(torrent.MatchesPiece(i, data));
            Assert.False(torrent.MatchesPiece(i, data.AsSpan(1)));
            Assert.False(torrent.MatchesPiece((i + 1) % torrent.PieceCount, data));
            data[^1] ^= 1;
            Assert.False(torrent.MatchesPiece(i, data));
        }
    }

    [Fact]
    public void Should_match_a_hybrid_piece_without_its_padding()
    {
        var torrent = Metainfo.Parse(Sample.Torrent("libtorrent-folder-hybrid.torrent"));

        Assert.True(torrent.MatchesPiece(0, Sample.Folder["a.txt"]));
        Assert.False(torrent.MatchesPiece(0, Sample.Folder["a.txt"].AsSpan(1)));
        Assert.Equal(16_384, torrent.GetPieceLength(0));
        Assert.Equal(["a.txt", ".pad/16374"], torrent.MapPiece(0).Select(slice => slice.File.FullPath));
    }

    [Fact]
    public void Should_map_a_range_over_several_files()
    {
        var torrent = Metainfo.Parse(Sample.Torrent("mktorrent-folder.torrent"));
        var files = torrent.Files.ToDictionary(file => file.FullPath);
        var slices = torrent.MapRange(0, torrent.TotalLength);

        Assert.Equal(torrent.TotalLength, slices.Sum(slice => slice.Length));
        Assert.DoesNotContain(files["sub/empty.dat"], slices.Select(slice => slice.File));
        Assert.Equal([new FileSlice(files["sub/b.bin"], 7, 3)], torrent.MapRange(files["sub/b.bin"].Offset + 7, 3));
        Assert.Empty(torrent.MapRange(torrent.TotalLength, 10));
        Assert.Empty(torrent.MapRange(long.MaxValue, long.MaxValue));
        Assert.Equal(slices, torrent.MapRange(0, long.MaxValue));
        Assert.Equal(torrent.TotalLength - 5, torrent.MapRange(5, long.MaxValue).Sum(slice => slice.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => torrent.MapPiece(torrent.PieceCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => torrent.MapPiece(-1));
    }

    [Fact]
    public void Should_read_what_stands_around_the_info_dictionary()
    {
        var torrent = Metainfo.Parse(Sample.Torrent("mktorrent-folder.torrent"));

        Assert.Equal(
            [["http://tracker.example/announce"], ["http://second.example/announce", "udp://third.example:6969/announce"]],
            torrent.AnnounceTiers);
        Assert.Equal(["http://seed.example/files/"], torrent.WebSeeds);
        Assert.Equal("A comment", torrent.Comment);
        Assert.Equal("mktorrent 1.1", torrent.CreatedBy);
        Assert.Equal(2026, torrent.CreationDate?.Year);
        Assert.True(torrent.IsPrivate);
        Assert.Equal("SRC", torrent.Source);
        Assert.Equal(32_768, torrent.PieceLength);
        Assert.Equal(5, torrent.PieceCount);
        Assert.Equal(5 * 20, torrent.PieceHashesV1.Length);
        Assert.Equal("Grüße", Metainfo.Parse(Sample.Torrent("transmission-folder.torrent")).Comment);
        Assert.Equal("UTF-8", Metainfo.Parse(Sample.Torrent("transmission-folder.torrent")).Encoding);
    }

    [Fact]
    public void Should_give_v2_files_their_roots_and_layers()
    {
        var torrent = Metainfo.Parse(Sample.Torrent("libtorrent-folder-v2.torrent"));
        var files = torrent.Files.ToDictionary(file => file.FullPath);

        Assert.Equal(7 * 32, files["sub/b.bin"].PieceLayer.Length);
        Assert.Equal(files["a.txt"].PiecesRoot, files["a.txt"].PieceLayer);
        Assert.True(files["sub/empty.dat"].PiecesRoot.IsEmpty);
        Assert.Equal(16_384, files["sub/b.bin"].Offset);
        Assert.Equal(8 * 16_384, files["z é.bin"].Offset);
        Assert.Equal(11, torrent.PieceCount);
        Assert.True(torrent.PieceHashesV1.IsEmpty);
        Assert.Equal(10, torrent.GetPieceLength(0));
    }
}
