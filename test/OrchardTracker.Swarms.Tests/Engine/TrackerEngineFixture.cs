using System.Net;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Engine;

/// <summary>An engine under a clock of its own, and the short words to ask it.</summary>
public abstract class TrackerEngineFixture
{
    protected static readonly InfoHash Torrent = HashOf(1);
    protected static readonly InfoHash TorrentV2 = HashOf(2);
    protected static readonly Passkey Key = new([.. Enumerable.Range(1, Passkey.Length).Select(value => (byte)value)]);

    protected TrackerEngineFixture() => Engine = new TrackerEngine(new TrackerSettings { Rate = null }, Clock);

    protected TestClock Clock { get; } = new();

    protected TrackerEngine Engine { get; }

    protected static InfoHash HashOf(byte number) => new(Enumerable.Repeat(number, InfoHash.Length).ToArray());

    protected void Use(Func<TrackerSettings, TrackerSettings> change) => Engine.Settings = change(Engine.Settings);

    protected AnnounceReply Announce(
        int client = 1,
        InfoHash? hash = null,
        AnnounceEvent because = AnnounceEvent.None,
        long left = 1,
        long uploaded = 0,
        int wanted = AnnounceRequest.WantedNotSaid,
        string? address = null,
        Passkey? passkey = null,
        PasskeyPresence? presence = null)
    {
        var sender = new Client(client);
        sender = address is null ? sender : sender with { Endpoint = new IPEndPoint(IPAddress.Parse(address), 6881) };
        var request = new AnnounceRequest
        {
            Peer = new PeerAnnounce
            {
                InfoHash = hash ?? Torrent,
                PeerId = sender.Id,
                Key = sender.Key,
                Address = PeerAddress.From(sender.Endpoint.Address),
                Port = (ushort)sender.Endpoint.Port,
                Event = because,
                Left = left,
                Uploaded = uploaded,
                Wanted = wanted,
            },
            Passkey = passkey.GetValueOrDefault(),
            PasskeyPresence = presence ?? (passkey is null ? PasskeyPresence.Missing : PasskeyPresence.Present),
        };
        return Engine.Announce(ref request, new PeerSpace(new Endpoint4[1000], new Endpoint6[1000]));
    }

    protected Failure Scrape(string address = "192.0.2.1", Passkey? passkey = null) => Engine.AuthorizeScrape(
        PeerAddress.From(IPAddress.Parse(address)),
        passkey is null ? PasskeyPresence.Missing : PasskeyPresence.Present,
        passkey.GetValueOrDefault());
}
