using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrchardTracker.BitTorrent;
using OrchardTracker.Frontends.Tests.Http;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends.Tests.Queries;

public sealed class QueryProperties
{
    /// <summary>Pieces of real queries, of broken ones, and any characters between.</summary>
    private static readonly Gen<string> Noise = Gen.Frequency(
        (5, Gen.Elements(
            "info_hash=", "peer_id=", "port=", "uploaded=", "downloaded=", "left=", "corrupt=", "event=", "numwant=", "compact=", "no_peer_id=",
            "ip=", "key=", "passkey=", "&", "=", "?", "%", "%4", "%zz", "%ff", "%00", "+", "#", "\0", "-1", "0", "65535", "18446744073709551616",
            "started", "hhhhhhhhhhhhhhhhhhhh", "-OT0001-000000000001", "2001:db8::1", "00112233445566778899aabbccddeeff")),
        (1, Gen.Choose(0, 0xFF).Select(value => ((char)value).ToString())),
        (1, Gen.Choose(0, 0xFFFF).Select(value => ((char)value).ToString())));

    private static readonly Arbitrary<string> Queries = Noise.ListOf().Resize(80).Select(string.Concat).ToArbitrary();

    private static readonly Arbitrary<byte[]> TwentyBytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(20).ToArbitrary();

    [Fact]
    public void Should_never_throw_whatever_the_query() => ReadQueries(times: 20_000);

    [Fact(Explicit = true)]
    public void Should_never_throw_whatever_the_query_for_long() => ReadQueries(times: 2_000_000);

    [Fact]
    public void Should_read_back_any_bytes_however_they_are_escaped() => Prop.ForAll(TwentyBytes, TwentyBytes, Gen.Choose(0, int.MaxValue).ToArbitrary(), (hash, id, seed) =>
        {
            var random = new Random(seed);
            AnnounceRequest request = default;
            var failure = AnnounceQuery.Read(
                $"?port=1&info_hash={Escape(hash, random)}&peer_id={Escape(id, random)}", trustsAddress: false, ref request);
            return failure == Failure.None
                && request.Peer.InfoHash == new InfoHash(hash)
                && request.Peer.PeerId == new PeerId(id);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Should_read_back_any_numbers() => Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Four().ToArbitrary(),
            numbers =>
            {
                var (up, down, left, wanted) = numbers;
                AnnounceRequest request = default;
                var url = AnnounceUrl.Of(1).With("uploaded", $"{up * 1000L}").With("downloaded", $"{down}").With("left", $"{left}").With("numwant", $"{wanted}");
                var failure = AnnounceQuery.Read($"{url}".AsSpan(url.Path.Length), trustsAddress: false, ref request);
                return failure == Failure.None
                    && (request.Peer.Uploaded, request.Peer.Downloaded, request.Peer.Left, request.Peer.Wanted) == (up * 1000L, down, left, wanted);
            })
        .QuickCheckThrowOnFailure();

    private static void ReadQueries(int times) => Prop.ForAll(Queries, query =>
        {
            AnnounceRequest request = default;
            var failure = AnnounceQuery.Read(query, trustsAddress: true, ref request);
            var hashes = new InfoHash[5];
            PasskeyPresence presence = default;
            Passkey passkey = default;
            var scrape = ScrapeQuery.Read(query, hashes, out var count, ref presence, ref passkey);
            return (failure != Failure.None || IsSound(request.Peer))
                && Enum.IsDefined(failure)
                && Enum.IsDefined(scrape)
                && count is >= 0 and <= 5;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    private static bool IsSound(in PeerAnnounce peer) =>
        peer.Port != 0
        && peer.Uploaded is >= 0 and <= 1L << 60
        && peer.Downloaded is >= 0 and <= 1L << 60
        && peer.Left is >= 0 and <= 1L << 60
        && peer.Corrupt is >= 0 and <= 1L << 60
        && peer.Wanted >= AnnounceRequest.WantedNotSaid
        && Enum.IsDefined(peer.Event);

    private static string Escape(byte[] bytes, Random random)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            var needsNone = value is > 0x20 and < 0x7F && value is not ((byte)'%' or (byte)'&' or (byte)'+' or (byte)'#');
            _ = random.Next(4) switch
            {
                0 when needsNone => text.Append((char)value),
                0 when value == ' ' => text.Append('+'),
                1 => text.Append($"%{value:X2}"),
                2 => text.Append('%').Append($"{value:X2}"[0]).Append($"{value:x2}"[1]),
                _ => text.Append($"%{value:x2}"),
            };
        }

        return text.ToString();
    }
}
