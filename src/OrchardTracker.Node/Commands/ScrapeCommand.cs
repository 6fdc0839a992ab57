using System.CommandLine;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Scrapes a tracker.</summary>
internal static class ScrapeCommand
{
    private static readonly Argument<string> Url = TrackerArguments.Url();
    private static readonly Argument<InfoHash[]> Hashes = new("HASH")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Info-hashes, magnet links or .torrent files.",
        CustomParser = result => [.. result.Tokens.Select(token => TrackerArguments.ReadHash(token.Value, result).GetValueOrDefault())],
    };

    private static readonly Option<int> Timeout = TrackerArguments.Timeout();
    private static readonly Option<bool> IPv4 = TrackerArguments.IPv4();
    private static readonly Option<bool> IPv6 = TrackerArguments.IPv6();

    public static Command Create()
    {
        var command = new Command("scrape", "Ask a tracker for the counts of torrents: one JSON object a line.") { Url, Hashes, Timeout, IPv4, IPv6 };
        command.SetAction((parsed, cancellationToken) =>
        {
            var url = parsed.GetRequiredValue(Url);
            return TrackerArguments.AskAsync(url, parsed, () => ScrapeAsync(url, parsed, cancellationToken));
        });
        return command;
    }

    private static async Task ScrapeAsync(string url, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackerArguments.Client(parsed, Timeout, IPv4, IPv6);
        var hashes = parsed.GetRequiredValue(Hashes);
        var entries = (await client.ScrapeAsync(url, hashes, cancellationToken)).Entries;
        foreach (var hash in hashes)
        {
            TrackerScrapeEntry? entry = entries.TryGetValue(hash, out var found) ? found : null;
            await parsed.InvocationConfiguration.Output.WriteLineAsync(CommandJson.Write(new ScrapeText
            {
                Hash = hash.ToString(),
                IsKnown = entry is not null,
                Seeders = entry?.Seeders,
                Leechers = entry?.Leechers,
                Downloaded = entry?.Downloaded,
                Downloaders = entry?.Downloaders,
            }));
        }
    }
}
