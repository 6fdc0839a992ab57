using System.Text.RegularExpressions;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Interop.Tests.Formats;

/// <summary>Torrents that others make, read here, and held against those made here of the same files.</summary>
public sealed class ForeignTorrentTests
{
    public static TheoryData<MetainfoVersion, bool> Kinds => new(
        from version in Enum.GetValues<MetainfoVersion>()
        from folder in (bool[])[true, false]
        select (version, folder));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_read_what_mktorrent_makes(bool folder)
    {
        var mktorrent = Tool.Require("mktorrent", "mktorrent");
        using var payload = new Payload();
        await mktorrent.RunAsync(
            "-l", "16", "-a", "http://tracker.example/announce,udp://tracker.example:6969/announce", "-a", "http://second.example/announce",
            "-w", "http://seed.example/files/", "-p", "-s", "HERE", "-c", "Grüße", "-o", payload["theirs.torrent"], payload.Source(folder));
        var theirs = await ReadAsync(payload, folder);

        Assert.Equal([["http://tracker.example/announce", "udp://tracker.example:6969/announce"], ["http://second.example/announce"]], theirs.AnnounceTiers);
        Assert.Equal(["http://seed.example/files/"], theirs.WebSeeds);
        Assert.Equal("Grüße", theirs.Comment);
        Assert.True(theirs.IsPrivate);
        Assert.Equal("HERE", theirs.Source);
        await HashIsSeenByOthersAsync(payload, theirs);
        await PiecesMatchFilesAsync(payload, theirs);
        if (!folder)
        {
            var ours = await TorrentCreator.CreateFromPathAsync(
                payload.Single, new TorrentOptions { PieceLength = Payload.PieceLength, IsPrivate = true, Source = "HERE" });
            Assert.Equal(theirs.InfoHashV1, ours.InfoHashV1);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_read_what_transmission_makes(bool folder)
    {
        var transmission = Tool.Require("transmission-create", "transmission-cli");
        using var payload = new Payload();
        await transmission.RunAsync(
            "-s", "64", "-t", "http://tracker.example/announce", "-c", "Grüße", "-p", "-o", payload["theirs.torrent"], payload.Source(folder));
        var theirs = await ReadAsync(payload, folder);

        Assert.Equal([["http://tracker.example/announce"]], theirs.AnnounceTiers);
        Assert.True(theirs.IsPrivate);
        await HashIsSeenByOthersAsync(payload, theirs);
        await PiecesMatchFilesAsync(payload, theirs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_read_what_libtorrent_makes_and_make_the_same(MetainfoVersion version, bool folder)
    {
        using var payload = new Payload();
        var seen = await LibtorrentView.RunAsync(
            "make", payload.Source(folder), payload["theirs.torrent"], $"{version}", $"{Payload.PieceLength}");
        var theirs = await ReadAsync(payload, folder);

        Assert.Equal(version, theirs.Version);
        Assert.Equal(seen.V1, theirs.InfoHashV1?.ToString());
        Assert.Equal(seen.V2, theirs.InfoHashV2?.ToString());
        await PiecesMatchFilesAsync(payload, theirs);

        var ours = await TorrentCreator.CreateFromPathAsync(
            payload.Source(folder), new TorrentOptions { Version = version, PieceLength = Payload.PieceLength });
        if (version == MetainfoVersion.V1 && folder)
        {
            // libtorrent takes a v1 folder in whatever order the disk has it; the same files are all there is in common.
            Assert.Equal(theirs.TotalLength, ours.TotalLength);
            return;
        }

        Assert.Equal(theirs.InfoHashV1, ours.InfoHashV1);
        Assert.Equal(theirs.InfoHashV2, ours.InfoHashV2);
        Assert.Equal(theirs.PieceHashesV1.ToArray(), ours.PieceHashesV1.ToArray());
        Assert.Equal(theirs.Files.Select(file => Convert.ToHexString(file.PiecesRoot.Span)), ours.Files.Select(file => Convert.ToHexString(file.PiecesRoot.Span)));
        Assert.Equal(theirs.Files.Select(file => Convert.ToHexString(file.PieceLayer.Span)), ours.Files.Select(file => Convert.ToHexString(file.PieceLayer.Span)));
    }

    [Theory]
    [InlineData(MetainfoVersion.V1)]
    [InlineData(MetainfoVersion.V2)]
    [InlineData(MetainfoVersion.Hybrid)]
    public async Task Should_exchange_magnet_links_with_libtorrent(MetainfoVersion version)
    {
        using var payload = new Payload();
        var ours = await TorrentCreator.CreateFromPathAsync(payload.Single, new TorrentOptions
        {
            Version = version,
            AnnounceTiers = [["http://tracker.example/announce?a=1&b=2"], ["udp://tracker.example:6969"]],
            WebSeeds = ["http://seed.example/single%20file.bin"],
        });
        await File.WriteAllBytesAsync(payload["ours.torrent"], ours.Bytes);

        var seen = await LibtorrentView.RunAsync("magnet", MagnetLink.For(ours).ToString());
        Assert.Equal(ours.InfoHashV1?.ToString(), seen.V1);
        Assert.Equal(ours.InfoHashV2?.ToString(), seen.V2);
        Assert.Equal("single file.bin", seen.Name);
        Assert.Equal(ours.AnnounceTiers.SelectMany(tier => tier), seen.Trackers);
        Assert.Equal(ours.WebSeeds, seen.WebSeeds);

        var theirs = MagnetLink.Parse((await LibtorrentView.RunAsync("describe", payload["ours.torrent"])).Magnet);
        Assert.Equal(ours.InfoHashV1, theirs.InfoHashV1);
        Assert.Equal(ours.InfoHashV2, theirs.InfoHashV2);
        Assert.Equal(ours.Name, theirs.Name);
        Assert.Equal(ours.AnnounceTiers.SelectMany(tier => tier), theirs.Trackers);
    }

    private static async Task<Metainfo> ReadAsync(Payload payload, bool folder)
    {
        var torrent = Metainfo.Parse(await File.ReadAllBytesAsync(payload["theirs.torrent"]));
        var files = torrent.Files.Where(file => !file.IsPadding).Select(file => (torrent.IsSingleFile ? file.FullPath : $"{torrent.Name}/{file.FullPath}", file.Length));

        // transmission-create leaves empty files out.
        Assert.Equal(Payload.Files(folder).Where(file => file.Length > 0).Order(), files.Where(file => file.Length > 0).Order());
        Assert.Equal(Payload.PieceLength, torrent.PieceLength);
        Assert.Equal(!folder, torrent.IsSingleFile);
        return torrent;
    }

    private static async Task HashIsSeenByOthersAsync(Payload payload, Metainfo torrent)
    {
        var transmission = await Tool.Require("transmission-show", "transmission-cli").RunAsync(payload["theirs.torrent"]);
        var aria2 = await Tool.Require("aria2c", "aria2").RunAsync("--no-conf", "-S", payload["theirs.torrent"]);
        var libtorrent = await LibtorrentView.RunAsync("describe", payload["theirs.torrent"]);

        Assert.Equal(torrent.InfoHashV1?.ToString(), Regex.Match(transmission, "Hash: ([0-9a-f]{40})").Groups[1].Value);
        Assert.Equal(torrent.InfoHashV1?.ToString(), Regex.Match(aria2, "Info Hash: ([0-9a-f]{40})").Groups[1].Value);
        Assert.Equal(torrent.InfoHashV1?.ToString(), libtorrent.V1);
    }

    private static async Task PiecesMatchFilesAsync(Payload payload, Metainfo torrent)
    {
        for (var piece = 0; piece < torrent.PieceCount; piece++)
        {
            using var data = new MemoryStream();
            foreach (var slice in torrent.MapPiece(piece))
            {
                var bytes = new byte[slice.Length];
                if (!slice.File.IsPadding)
                {
                    using var file = File.OpenHandle(torrent.IsSingleFile ? payload.Single : Path.Combine(payload.Folder, slice.File.FullPath));
                    Assert.Equal(bytes.Length, await RandomAccess.ReadAsync(file, bytes, slice.Offset));
                }

                await data.WriteAsync(bytes);
            }

            Assert.True(torrent.MatchesPiece(piece, data.ToArray()), $"Piece {piece} does not match.");
        }
    }
}
