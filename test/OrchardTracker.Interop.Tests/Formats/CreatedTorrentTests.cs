using System.Text.RegularExpressions;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Interop.Tests.Formats;

/// <summary>Torrents that are made here, read by others.</summary>
public sealed class CreatedTorrentTests
{
    private static readonly TorrentOptions Options = new()
    {
        PieceLength = Payload.PieceLength,
        AnnounceTiers = [["http://tracker.example/announce", "udp://tracker.example:6969/announce"], ["http://second.example/announce"]],
        WebSeeds = ["http://seed.example/files/"],
        Comment = "Grüße",
        CreatedBy = "OrchardTracker",
        IsPrivate = true,
        Source = "HERE",
        CreationDate = DateTimeOffset.UnixEpoch.AddDays(20_000),
    };

    public static TheoryData<MetainfoVersion, bool> Kinds => new(
        from version in Enum.GetValues<MetainfoVersion>()
        from folder in (bool[])[true, false]
        select (version, folder));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Should_be_read_by_libtorrent(MetainfoVersion version, bool folder)
    {
        using var payload = new Payload();
        var torrent = await CreateAsync(payload, folder, Options with { Version = version });
        var seen = await LibtorrentView.RunAsync("describe", payload["made.torrent"]);

        Assert.Equal(torrent.InfoHashV1?.ToString(), seen.V1);
        Assert.Equal(torrent.InfoHashV2?.ToString(), seen.V2);
        Assert.Equal(torrent.Name, seen.Name);
        Assert.Equal(Payload.PieceLength, seen.PieceLength);
        Assert.True(seen.Private);
        Assert.Equal(Payload.Files(folder).Order(), seen.Lengths.Where(file => !file.Path.Contains(".pad")).Order());

        // Within a tier libtorrent mixes them, as BEP 12 wants it.
        Assert.Equal(Options.AnnounceTiers.SelectMany(tier => tier).Order(), seen.Trackers.Order());
        Assert.Equal(Options.WebSeeds, seen.WebSeeds);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_read_by_transmission(bool folder)
    {
        var transmission = Tool.Require("transmission-show", "transmission-cli");
        using var payload = new Payload();
        var torrent = await CreateAsync(payload, folder, Options);
        var seen = await transmission.RunAsync(payload["made.torrent"]);

        Assert.Contains($"Hash: {torrent.InfoHashV1}", seen, StringComparison.Ordinal);
        Assert.Contains($"Name: {torrent.Name}", seen, StringComparison.Ordinal);
        Assert.Contains($"Piece Count: {torrent.PieceCount}", seen, StringComparison.Ordinal);
        Assert.Matches(@"Piece Size: 64\.0+ KiB", seen);
        Assert.Contains("Privacy: Private torrent", seen, StringComparison.Ordinal);
        Assert.Contains("Comment: Grüße", seen, StringComparison.Ordinal);
        Assert.All(Payload.Files(folder), file => Assert.Contains($"  {file.Path} (", seen, StringComparison.Ordinal));
        Assert.All(Options.AnnounceTiers.SelectMany(tier => tier), url => Assert.Contains(url, seen, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_read_by_aria2(bool folder)
    {
        var aria2 = Tool.Require("aria2c", "aria2");
        using var payload = new Payload();
        var torrent = await CreateAsync(payload, folder, Options);
        var seen = await aria2.RunAsync("--no-conf", "-S", payload["made.torrent"]);

        Assert.Contains($"Info Hash: {torrent.InfoHashV1}", seen, StringComparison.Ordinal);
        Assert.Contains($"The Number of Pieces: {torrent.PieceCount}", seen, StringComparison.Ordinal);
        Assert.All(Payload.Files(folder), file => Assert.Contains($"|./{file.Path}\n", seen, StringComparison.Ordinal));
        Assert.All(Payload.Files(folder), file => Assert.Matches(new Regex($@"\({file.Length:N0}\)"), seen));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_found_whole_by_aria2_beside_the_files(bool folder)
    {
        var aria2 = Tool.Require("aria2c", "aria2");
        using var payload = new Payload();
        await CreateAsync(payload, folder, Options with { AnnounceTiers = [], WebSeeds = [] });

        // It checks every piece against the files that are there and ends, as nothing is missing.
        var seen = await aria2.RunAsync(
            "--no-conf", "--check-integrity=true", "--seed-time=0", "--enable-dht=false", "--enable-dht6=false", "--bt-enable-lpd=false",
            "--bt-stop-timeout=60", "--disable-ipv6=true", "--file-allocation=none", $"--dir={payload.Root}", payload["made.torrent"]);

        Assert.Contains("(OK):download completed", seen, StringComparison.Ordinal);
        Assert.Contains("Verification finished successfully", seen, StringComparison.Ordinal);
    }

    private static async Task<Metainfo> CreateAsync(Payload payload, bool folder, TorrentOptions options)
    {
        var torrent = await TorrentCreator.CreateFromPathAsync(payload.Source(folder), options);
        await File.WriteAllBytesAsync(payload["made.torrent"], torrent.Bytes);
        return torrent;
    }
}
