using System.Text;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class TorrentCreatorTests
{
    [Theory]
    [InlineData("libtorrent-folder-v2.torrent", MetainfoVersion.V2)]
    [InlineData("libtorrent-folder-hybrid.torrent", MetainfoVersion.Hybrid)]
    [InlineData("libtorrent-single-v1.torrent", MetainfoVersion.V1)]
    [InlineData("libtorrent-single-v2.torrent", MetainfoVersion.V2)]
    [InlineData("libtorrent-single-hybrid.torrent", MetainfoVersion.Hybrid)]
    public async Task Should_make_the_torrent_that_libtorrent_makes_byte_by_byte(string name, MetainfoVersion version)
    {
        using var folder = TemporaryFolder.WithSample();
        var expected = Metainfo.Parse(Sample.Torrent(name));
        var path = folder[expected.Name];
        var options = new TorrentOptions
        {
            Version = version,
            PieceLength = 16_384,
            AnnounceTiers = expected.AnnounceTiers,
            CreatedBy = expected.CreatedBy,
            CreationDate = expected.CreationDate,
        };

        var torrent = await TorrentCreator.CreateFromPathAsync(path, options);

        Assert.Equal(Encoding.Latin1.GetString(expected.Bytes.Span), Encoding.Latin1.GetString(torrent.Bytes.Span));
    }

    [Theory]
    [InlineData("mktorrent-folder.torrent")]
    [InlineData("mktorrent-single.torrent")]
    [InlineData("transmission-single.torrent")]
    public async Task Should_make_pieces_and_hash_that_other_tools_make(string name)
    {
        using var folder = TemporaryFolder.WithSample();
        var expected = Metainfo.Parse(Sample.Torrent(name));

        var torrent = await TorrentCreator.CreateFromPathAsync(
            folder[expected.Name], new TorrentOptions { PieceLength = 32_768, IsPrivate = expected.IsPrivate, Source = expected.Source });

        Assert.Equal(expected.PieceHashesV1.ToArray(), torrent.PieceHashesV1.ToArray());
        if (!name.StartsWith("transmission", StringComparison.Ordinal))
        {
            Assert.Equal(expected.InfoHashV1, torrent.InfoHashV1);
        }
    }

    [Fact]
    public async Task Should_give_the_same_bytes_for_the_same_input_by_every_way()
    {
        using var folder = TemporaryFolder.WithSample();
        foreach (var version in Enum.GetValues<MetainfoVersion>())
        {
            var options = new TorrentOptions { Version = version, PieceLength = 16_384, Comment = "c", Threads = 1 };
            var expected = await TorrentCreator.CreateFromFolderAsync(folder["sample"] + "/", options);
            var sources = Sample.Folder.Reverse()
                .Select(file => new TorrentSource(file.Key.Split('/'), file.Value.Length, _ => ValueTask.FromResult<Stream>(new SlowStream(file.Value))))
                .ToArray();
            foreach (var other in (Metainfo[])[
                await TorrentCreator.CreateFromFolderAsync(folder["sample"], options with { Threads = 7 }),
                await TorrentCreator.CreateFromPathAsync(folder["sample"], options with { Threads = null }),
                await TorrentCreator.CreateFromSourcesAsync("sample", sources, options)])
            {
                Assert.True(other.Bytes.Span.SequenceEqual(expected.Bytes.Span));
            }

            var single = await TorrentCreator.CreateFromFileAsync(folder["single.bin"], options);
            using var stream = new SlowStream(Sample.Single);
            var streamed = await TorrentCreator.CreateFromStreamAsync("single.bin", stream, Sample.Single.Length, options);
            Assert.True(streamed.Bytes.Span.SequenceEqual(single.Bytes.Span));
            Assert.True(stream.CanRead);
        }
    }

    [Fact]
    public async Task Should_write_everything_that_is_asked_for()
    {
        using var folder = TemporaryFolder.WithSample();
        var torrent = await TorrentCreator.CreateFromFileAsync(folder["single.bin"], new TorrentOptions
        {
            Name = "other.bin",
            IsPrivate = true,
            Source = "HERE",
            UpdateUrl = "https://u.example/",
            AnnounceTiers = [["http://t.example/a", "udp://t.example:6969"], ["http://b.example/a"]],
            WebSeeds = ["https://w.example/other.bin"],
            HttpSeeds = ["https://h.example/"],
            Nodes = [new DhtNode("n.example", 6881)],
            Comment = "Grüße",
            CreatedBy = "OrchardTracker",
            CreationDate = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        });
        var read = Metainfo.Parse(torrent.Bytes);

        Assert.Equal("other.bin", read.Name);
        Assert.Equal(["other.bin"], read.Files.Select(file => file.FullPath));
        Assert.True(read.IsPrivate);
        Assert.Equal("HERE", read.Source);
        Assert.Equal("https://u.example/", read.UpdateUrl);
        Assert.Equal([["http://t.example/a", "udp://t.example:6969"], ["http://b.example/a"]], read.AnnounceTiers);
        Assert.Equal(["https://w.example/other.bin"], read.WebSeeds);
        Assert.Equal(["https://h.example/"], read.HttpSeeds);
        Assert.Equal([new DhtNode("n.example", 6881)], read.Nodes);
        Assert.Equal("Grüße", read.Comment);
        Assert.Equal("OrchardTracker", read.CreatedBy);
        Assert.Equal(1_700_000_000, read.CreationDate?.ToUnixTimeSeconds());
        Assert.Equal(MetainfoVersion.V1, read.Version);
        Assert.Empty(read.Warnings);
        BencodeValue.Parse(torrent.Bytes);

        var plain = await TorrentCreator.CreateFromFileAsync(folder["single.bin"]);
        Assert.Equal("d4:infod6:lengthi70000e4:name10:single.bin12:piece lengthi16384e6:pieces100:", Encoding.ASCII.GetString(plain.Bytes.Span[..76]));
    }

    [Theory]
    [InlineData(1, 16 << 10)]
    [InlineData(32 << 20, 16 << 10)]
    [InlineData((32 << 20) + 1, 32 << 10)]
    [InlineData(1L << 30, 512 << 10)]
    [InlineData((1L << 30) + 1, 1 << 20)]
    [InlineData(1L << 35, 16 << 20)]
    [InlineData(1L << 45, 16 << 20)]
    [InlineData(long.MaxValue, 16 << 20)]
    public void Should_choose_pieces_so_that_there_are_at_most_2048(long length, int expected) =>
        Assert.Equal(expected, TorrentCreator.ChoosePieceLength(length));

    [Fact]
    public async Task Should_report_progress_that_only_grows_up_to_the_whole()
    {
        using var folder = TemporaryFolder.WithSample();
        folder.Write("sample/large.bin", Sample.Bytes(5_000_000, 9));
        foreach (var version in Enum.GetValues<MetainfoVersion>())
        {
            var reporter = new Reporter();
            await TorrentCreator.CreateFromFolderAsync(folder["sample"], new TorrentOptions { Version = version, Threads = 4 }, reporter);

            var done = reporter.Reports.Select(report => report.BytesDone).ToArray();
            Assert.Equal(0, done[0]);
            Assert.Equal(5_140_010, done[^1]);
            Assert.Equal(done.Order(), done);
            Assert.True(done.Length > 4);
            Assert.All(reporter.Reports, report => Assert.Equal(5_140_010, report.TotalBytes));
        }
    }

    [Fact]
    public async Task Should_stop_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.BytesDone > 0)
            {
                cancellation.Cancel();
            }
        });
        var source = new TorrentSource(["endless"], 1L << 40, _ => ValueTask.FromResult<Stream>(new Zeros(long.MaxValue)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => TorrentCreator.CreateFromSourcesAsync("folder", [source], new TorrentOptions(), reporter, cancellation.Token));
        Assert.True(reporter.Reports[^1].BytesDone < 1L << 32);
    }

    [Fact]
    public async Task Should_fail_when_a_file_is_written_to_meanwhile()
    {
        using var folder = TemporaryFolder.WithSample();
        var path = folder.Write("grows.bin", new byte[4 << 20]);
        var changes = new Dictionary<string, Action>
        {
            ["longer"] = () => File.AppendAllText(path, "x"),
            ["shorter"] = () =>
            {
                using var file = File.OpenWrite(path);
                file.SetLength(1 << 20);
            },
            ["touched"] = () => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch),
        };
        foreach (var (kind, change) in changes)
        {
            var reporter = new Reporter(report =>
            {
                if (report.BytesDone == 0)
                {
                    change();
                }
            });
            var error = await Assert.ThrowsAsync<SourceChangedException>(() => TorrentCreator.CreateFromFileAsync(path, null, reporter));

            Assert.True(error.Path == "grows.bin", kind);
            Assert.Equal("'grows.bin' changed while it was being read; the torrent would not fit it.", error.Message);
        }
    }

    [Fact]
    public async Task Should_find_out_before_the_hashing_what_a_reader_would_refuse()
    {
        // Two files and the padding behind each are four entries of the list.
        var read = 0;
        var sources = Enumerable.Range(0, 2).Select(i => new TorrentSource([$"{i}"], 1, _ =>
        {
            read++;
            return ValueTask.FromResult<Stream>(new Zeros(1));
        })).ToArray();
        var options = new TorrentOptions { Version = MetainfoVersion.Hybrid, Limits = new MetainfoLimits { MaxFiles = 3 } };

        var error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromSourcesAsync("folder", sources, options));
        Assert.Equal("The torrent has more than 3 files.", error.Message);
        Assert.Equal(0, read);
        await TorrentCreator.CreateFromSourcesAsync("folder", sources, options with { Limits = new MetainfoLimits { MaxFiles = 4 } });
        Assert.Equal(2, read);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Should_fail_when_a_stream_is_not_as_long_as_it_was_said_to_be(int difference)
    {
        using var stream = new MemoryStream(new byte[100_000]);
        var error = await Assert.ThrowsAsync<SourceChangedException>(
            () => TorrentCreator.CreateFromStreamAsync("s.bin", stream, 100_000 + difference));

        Assert.Equal("s.bin", error.Path);
    }

    [Fact]
    public async Task Should_pass_on_the_error_of_a_file_that_cannot_be_read()
    {
        using var folder = TemporaryFolder.WithSample();
        await Assert.ThrowsAsync<FileNotFoundException>(() => TorrentCreator.CreateFromPathAsync(folder["missing"]));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => TorrentCreator.CreateFromFolderAsync(folder["missing"]));
        var broken = new TorrentSource(["b"], 10, _ => throw new IOException("The disk is gone."));
        var error = await Assert.ThrowsAsync<IOException>(() => TorrentCreator.CreateFromSourcesAsync("f", [broken]));
        Assert.Equal("The disk is gone.", error.Message);
    }

    [Fact]
    public async Task Should_say_why_a_torrent_cannot_be_made()
    {
        await FailsAsync("There is no data to make a torrent of: no file has any bytes.", []);
        await FailsAsync("There is no data to make a torrent of: no file has any bytes.", [Zero(0, "empty")]);
        await FailsAsync("Two files have the same path 'a/b'.", [Zero(1, "a", "b"), Zero(2, "a", "b")]);
        await FailsAsync("The name '..' leads out of its folder.", [Zero(1, "..", "b")]);
        await FailsAsync("The name 'aux' is reserved for a device on Windows.", [Zero(1, "aux")]);
        await FailsAsync("The name 'a/b' contains a slash or a backslash.", [Zero(1, "x")], new TorrentOptions { Name = "a/b" });
        await FailsAsync("'a' is a file and a folder at once.", [Zero(1, "a"), Zero(1, "a", "b")]);
        await FailsAsync("'a/b' is a file and a folder at once.", [Zero(1, "a", "b", "c", "d"), Zero(1, "a!"), Zero(1, "a", "b")]);
        await FailsAsync("A file of the torrent has no path.", [Zero(1)]);
        await FailsAsync("A path has more than 50 folders.", [Zero(1, [.. Enumerable.Repeat("a", 51)])]);
        await FailsAsync(
            $"The path of '{new string('a', 60)}' is 2301 bytes long; 2048 are allowed.", [Zero(1, [.. Enumerable.Repeat(new string('a', 254), 9)])]);
        await FailsAsync("The torrent has more than 3 files.", [Zero(1, "a"), Zero(1, "b"), Zero(1, "c"), Zero(1, "d")], new TorrentOptions { Limits = new MetainfoLimits { MaxFiles = 3 } });
        await FailsAsync("The files are longer than any disk.", [Zero(long.MaxValue, "a"), Zero(long.MaxValue, "b")]);
        await FailsAsync("The piece length must be a power of two from 16384 to 33554432 bytes, not 20000.", [Zero(1, "a")], new TorrentOptions { PieceLength = 20_000 });
        await FailsAsync("The piece length must be a power of two from 16384 to 33554432 bytes, not 8192.", [Zero(1, "a")], new TorrentOptions { PieceLength = 8_192 });
        await FailsAsync("The piece length must be a power of two from 16384 to 33554432 bytes, not 0.", [Zero(1, "a")], new TorrentOptions { PieceLength = 0 });
        await FailsAsync(
            "With pieces of 16384 bytes the torrent would be longer than 33554432 bytes. Choose larger pieces.",
            [Zero(1L << 40, "a")], new TorrentOptions { PieceLength = 16_384 });
        await FailsAsync("The address 'ftp://t/' is not one that is used here.", [Zero(1, "a")], new TorrentOptions { AnnounceTiers = [["ftp://t/"]] });
        await FailsAsync("The address 'x' is not one that is used here.", [Zero(1, "a")], new TorrentOptions { WebSeeds = ["x"] });
        await FailsAsync("The address 'x' is not one that is used here.", [Zero(1, "a")], new TorrentOptions { UpdateUrl = "x" });

        static TorrentSource Zero(long length, params string[] path) => new(path, length, _ => ValueTask.FromResult<Stream>(new Zeros(length)));

        static async Task FailsAsync(string message, TorrentSource[] sources, TorrentOptions? options = null)
        {
            var error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromSourcesAsync("folder", sources, options));
            Assert.Equal(message, error.Message);
        }
    }
}
