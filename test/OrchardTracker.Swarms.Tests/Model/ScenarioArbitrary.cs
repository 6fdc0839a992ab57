using FsCheck;
using FsCheck.Fluent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>
/// Draws scenarios in which few clients meet often: at each other's addresses, with and without keys, as users of one
/// passkey, under three hashes that become hybrids and cease to be.
/// </summary>
internal static class ScenarioArbitrary
{
    private static readonly InfoHash[] Hashes =
        [.. Enumerable.Range(0xA, 3).Select(digit => new InfoHash(Enumerable.Repeat((byte)(digit * 0x11), InfoHash.Length).ToArray()))];

    private static readonly StoreLimits[] Limits =
    [
        new(),
        new() { MaxPeersPerUser = 3, PeerLifetime = TimeSpan.FromMinutes(10) },
        new() { MaxPeers = 50, MaxSwarms = 2, MaxPeersPerSwarm = 20, EmptySwarmLifetime = TimeSpan.FromMinutes(20) },
    ];

    private enum Population
    {
        WithoutUsers,
        WithUsers,
        Mixed,
    }

    public static Arbitrary<Scenario> Scenarios { get; } = Arb.From(Generate(), scenario => scenario.Shrink());

    private static Gen<Scenario> Generate() =>
        from limits in Gen.Elements(Limits)
        from population in Gen.Elements(Population.WithoutUsers, Population.WithUsers, Population.Mixed)
        from clients in Gen.Elements(4, 30, 90)
        from stops in Gen.Elements(5, 30)
        from length in Gen.Choose(10, 1600)
        from draws in Gen.Choose(int.MinValue, int.MaxValue).Two().ArrayOf(length)
        select new Scenario(limits, [.. draws.Select(draw => ToStep(draw, population, clients, stops))]);

    private static Step ToStep((int High, int Low) draw, Population population, int clients, int stops)
    {
        var dice = new Dice((ulong)(uint)draw.High << 32 | (uint)draw.Low);
        return dice.Roll(1000) switch
        {
            < 40 => new Step.Pass(TimeSpan.FromSeconds(dice.Of(1, 8, 60, 200, 1000, 2800))),
            < 55 => new Step.Sweep(),
            < 60 => Link(ref dice),
            < 63 => new Step.Unlink(dice.Of(Hashes)),
            < 64 => new Step.Remove(dice.Of(Hashes)),
            < 66 => new Step.RemoveUser(dice.Roll(8)),
            _ => new Step.Announce(Announce(ref dice, population, clients, stops)),
        };
    }

    private static Step.Link Link(ref Dice dice)
    {
        var v1 = dice.Roll(Hashes.Length);
        return new Step.Link(Hashes[v1], Hashes[(v1 + 1 + dice.Roll(Hashes.Length - 1)) % Hashes.Length]);
    }

    private static PeerAnnounce Announce(ref Dice dice, Population population, int clients, int stops)
    {
        var client = dice.Roll(clients);
        var place = dice.Percent(90) ? client : dice.Roll(clients);
        var user = client % 7 + 1;
        return new PeerAnnounce
        {
            InfoHash = dice.Percent(60) ? Hashes[0] : dice.Of(Hashes),
            PeerId = Client.IdOf(dice.Percent(96) ? client : dice.Roll(clients)),
            Address = PeerAddress.From((dice.Percent(70) ? new Client(place) : new Client(place).AtV6).Endpoint.Address),
            Port = (ushort)(dice.Percent(95) ? 6881 : 6882),
            Key = dice.Percent(96) ? (client % 3 == 0 ? 0 : (uint)client + 1) : (uint)dice.Roll(3),
            User = population switch
            {
                Population.WithoutUsers => 0,
                Population.WithUsers => user,
                _ => dice.Percent(50) ? user : 0,
            },
            Event = dice.Percent(stops)
                ? AnnounceEvent.Stopped
                : dice.Of(AnnounceEvent.None, AnnounceEvent.None, AnnounceEvent.Started, AnnounceEvent.Completed, AnnounceEvent.Paused),
            Left = dice.Roll(3) * 100,
            Uploaded = dice.Roll(20) * 100,
            Downloaded = dice.Roll(20) * 100,
            Corrupt = dice.Roll(3),
            OnlyIfKnown = dice.Percent(3),
            Wanted = dice.Of(0, 1, 2, 5, 30, 60),
        };
    }
}
