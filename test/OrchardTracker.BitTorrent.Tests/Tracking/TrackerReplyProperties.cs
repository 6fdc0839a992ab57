using FsCheck;
using FsCheck.Fluent;
using static OrchardTracker.BitTorrent.Tests.Bencoded;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class TrackerReplyProperties
{
    private static readonly InfoHash Hash = new(new byte[20]);

    private static readonly TrackerAnnounceRequest Request = new() { InfoHash = Hash, PeerId = default, Port = 1 };

    // Replies with a random value under one of the keys that are looked at, or noise altogether.
    private static readonly Arbitrary<byte[]> Replies = Arb.From(Gen.OneOf(
        BencodeArbitrary.Noise.Generator,
        from key in Gen.Elements(
            "complete", "downloaded", "external ip", "failure reason", "files", "interval", "min interval", "peers", "peers6", "retry in", "tracker id", "warning message")
        from value in Gen.OneOf(
            BencodeArbitrary.Values.Generator.Select(value => value.ToArray()),
            BencodeArbitrary.Values.Generator.Select(value => List(Dict(("ip", value.ToArray()), ("port", value.ToArray())))),
            BencodeArbitrary.Values.Generator.Select(value => Dict((new string('\0', 20), value.ToArray()))))
        select Dict((key, value))));

    [Fact]
    public async Task Should_throw_nothing_but_the_stated_error_whatever_a_web_server_answers()
    {
        var reply = Array.Empty<byte>();
        await using var server = new HttpServer(_ => HttpServer.Ok(reply));
        using var client = new TrackerClient();
        Prop.ForAll(Replies, bytes =>
            {
                reply = bytes;
                return Answers(() => client.AnnounceAsync(server.Url + "/announce", Request)) && Answers(() => client.ScrapeAsync(server.Url + "/announce", [Hash]));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task Should_throw_nothing_but_the_stated_error_whatever_comes_by_udp()
    {
        var reply = Array.Empty<byte>();
        await using var server = new UdpServer(packet => UdpServer.Action(packet) == 0
            ? [UdpServer.Connected(packet)]
            : [reply, [.. UdpServer.Reply(packet, UdpServer.Action(packet)), .. reply], UdpServer.Reply(packet, 3)]);
        using var client = new TrackerClient();
        Prop.ForAll(Arb.From(BencodeArbitrary.Bytes), bytes =>
            {
                reply = bytes;
                return Answers(() => client.AnnounceAsync(server.Url, Request)) && Answers(() => client.ScrapeAsync(server.Url, [Hash]));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool Answers<T>(Func<Task<T>> ask)
    {
        try
        {
            ask().GetAwaiter().GetResult();
            return true;
        }
        catch (TrackerException error)
        {
            return error.Message.Length < 1_000;
        }
    }
}
