using System.Net.Http.Headers;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Uploads that Orchard Core does not allow by itself, sent as the media library's page sends them.</summary>
public sealed class LargeUploadTests(LargeUploadTests.Fixture fixture) : IClassFixture<LargeUploadTests.Fixture>
{
    // Orchard Core's MaxUploadChunkSize.
    private const int ChunkLength = 104_857_600;

    private TestSite Site => fixture.Site;

    [Fact]
    public Task Should_make_a_torrent_of_an_upload_above_thirty_megabytes() => UploadAsync("forty.mp4", 40_000_123);

    [Fact]
    public Task Should_make_a_torrent_of_an_upload_in_pieces_of_the_full_size() => UploadAsync("pieces.mp4", ChunkLength + 12_345);

    [Fact(Explicit = true)]
    public Task Should_make_a_torrent_of_an_upload_above_two_gigabytes() => UploadAsync("two gigabytes.mp4", (2L << 30) + 123_456_789);

    private async Task UploadAsync(string name, long length)
    {
        using var editor = await Site.SignInAsync(TestSite.AdminName);
        var token = await editor.GetAntiforgeryTokenAsync("Admin/MediaTorrents");
        var uploadId = $"{Guid.NewGuid()}";
        for (long from = 0; from < length; from += ChunkLength)
        {
            var part = ChunkOf(from, (int)Math.Min(ChunkLength, length - from));
            await editor.UploadPieceAsync(
                token, uploadId, name, part, length > ChunkLength ? new ContentRangeHeaderValue(from, from + part.Length - 1, length) : null);
        }

        await AssertTorrentAsync(name, length);
    }

    private async Task AssertTorrentAsync(string name, long length)
    {
        var file = Path.Combine(Site.Folder, "App_Data/Sites/Default/Media", name);
        await using (var stream = File.OpenRead(file))
        {
            Assert.Equal(length, stream.Length);
            for (long from = 0; from < length; from += ChunkLength)
            {
                var expected = ChunkOf(from, (int)Math.Min(ChunkLength, length - from));
                var actual = new byte[expected.Length];
                await stream.ReadExactlyAsync(actual);
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"What begins at {from} is not what was sent.");
            }
        }

        await using var whole = File.OpenRead(file);
        var torrent = await TorrentCreator.CreateFromStreamAsync(name, whole, length, new TorrentOptions());
        await Site.WaitForEntryAsync(name, entry => entry is { State: MediaEntryState.Ready } && entry.InfoHash == torrent.TrackerHashes[0].ToString() && entry.Length == length);
    }

    // The same bytes whenever they are asked for.
    private static byte[] ChunkOf(long from, int length)
    {
        var bytes = new byte[length];
        new Random((int)(from / ChunkLength)).NextBytes(bytes);
        return bytes;
    }

    /// <summary>As the docs say it is done.</summary>
    public sealed class Fixture : SiteFixture
    {
        protected override SiteOptions Options => new() { Args = ["--OrchardCore:OrchardTracker_MediaTorrent:MaxUploadBytes=107374182400"] };
    }
}
