using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Announces to a tracker, for people who want to see what it answers.</summary>
internal static class AnnounceCommand
{
    private static readonly Argument<string> Url = TrackerArguments.Url();
    private static readonly Argument<InfoHash> Hash = new("HASH") { Description = "An info-hash, a magnet link or a .torrent file.", CustomParser = ReadHash };
    private static readonly Option<int> Port = new("--port") { Description = "Where the client is said to listen.", DefaultValueFactory = _ => 6881, HelpName = "PORT" };
    private static readonly Option<long> Left = Bytes("--left", "Bytes that are still missing; 0 makes it a seeder.", 1);
    private static readonly Option<long> Uploaded = Bytes("--uploaded", "Bytes sent.", 0);
    private static readonly Option<long> Downloaded = Bytes("--downloaded", "Bytes received.", 0);
    private static readonly Option<AnnounceEvent> Event = new("--event") { Description = "none, started, completed, stopped or paused. Whoever starts should stop as well.", DefaultValueFactory = _ => AnnounceEvent.None, HelpName = "EVENT" };
    private static readonly Option<int?> NumWant = new("--numwant") { Description = "How many peers are wanted; the tracker decides otherwise.", HelpName = "NUMBER" };
    private static readonly Option<PeerId?> Id = new("--peer-id") { Description = "20 characters; random otherwise.", HelpName = "TEXT", CustomParser = ReadPeerId };
    private static readonly Option<uint> Key = new("--key") { Description = "Proves the same client at another address.", HelpName = "NUMBER" };
    private static readonly Option<int> Timeout = TrackerArguments.Timeout();
    private static readonly Option<bool> IPv4 = TrackerArguments.IPv4();
    private static readonly Option<bool> IPv6 = TrackerArguments.IPv6();

    public static Command Create()
    {
        Port.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is >= 1 and <= 65535, "--port must be from 1 to 65535."));
        NumWant.Validators.Add(result => Require(result, result.GetValueOrDefault<int?>() is null or >= 0, "--numwant must not be negative."));
        var command = new Command("announce", "Announce to a tracker once, and show its answer: one JSON object.")
        {
            Url, Hash, Port, Left, Uploaded, Downloaded, Event, NumWant, Id, Key, Timeout, IPv4, IPv6,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var url = parsed.GetRequiredValue(Url);
            return TrackerArguments.AskAsync(url, parsed, () => AnnounceAsync(url, parsed, cancellationToken));
        });
        return command;
    }

    private static async Task AnnounceAsync(string url, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackerArguments.Client(parsed, Timeout, IPv4, IPv6);
        var request = new TrackerAnnounceRequest
        {
            InfoHash = parsed.GetRequiredValue(Hash),
            PeerId = parsed.GetValue(Id) ?? RandomId(),
            Port = parsed.GetValue(Port),
            Left = parsed.GetValue(Left),
            Uploaded = parsed.GetValue(Uploaded),
            Downloaded = parsed.GetValue(Downloaded),
            Event = parsed.GetValue(Event),
            NumWant = parsed.GetValue(NumWant),
            Key = parsed.GetValue(Key),
        };
        var reply = await client.AnnounceAsync(url, request, cancellationToken);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(CommandJson.Write(new AnnounceText
        {
            Interval = (long)reply.Interval.TotalSeconds,
            MinInterval = (long?)reply.MinInterval?.TotalSeconds,
            Seeders = reply.Seeders,
            Leechers = reply.Leechers,
            Downloaded = reply.Downloaded,
            ExternalIp = reply.ExternalAddress?.ToString(),
            Warning = reply.WarningMessage,
            Peers = [.. reply.Peers.Select(peer => peer.ToString())],
        }));
    }

    private static Option<long> Bytes(string name, string description, long otherwise)
    {
        var option = new Option<long>(name) { Description = description, DefaultValueFactory = _ => otherwise, HelpName = "BYTES" };
        option.Validators.Add(result => Require(result, result.GetValueOrDefault<long>() >= 0, $"{name} must not be negative."));
        return option;
    }

    private static void Require(OptionResult result, bool condition, string message)
    {
        if (!condition)
        {
            result.AddError(message);
        }
    }

    private static InfoHash ReadHash(ArgumentResult result) => TrackerArguments.ReadHash(result.Tokens[0].Value, result).GetValueOrDefault();

    private static PeerId? ReadPeerId(ArgumentResult result)
    {
        var bytes = Encoding.Latin1.GetBytes(result.Tokens[0].Value);
        if (bytes.Length == PeerId.Length)
        {
            return new PeerId(bytes);
        }

        result.AddError($"A peer id has {PeerId.Length} characters.");
        return null;
    }

    // BEP 20: the client, its version, then what is its own.
    private static PeerId RandomId() =>
        new(Encoding.ASCII.GetBytes("-OT0100-" + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", PeerId.Length - 8)));
}
