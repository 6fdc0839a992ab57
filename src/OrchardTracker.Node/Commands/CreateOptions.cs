using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>How a torrent is made, as options of the command line.</summary>
internal sealed class CreateOptions
{
    private readonly Option<MetainfoVersion> _format = new("--format") { Description = "v1, which every client reads, hybrid or v2 (BEP 52).", DefaultValueFactory = _ => MetainfoVersion.V1, HelpName = "v1|hybrid|v2" };
    private readonly Option<int?> _pieceLength = new("--piece-length", "-l") { Description = "A power of two from 16K to 32M; chosen by the size otherwise.", HelpName = "SIZE", CustomParser = ReadPieceLength };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "The name of the file or folder for those who download it.", HelpName = "NAME" };
    private readonly Option<string[]> _trackers = new("--tracker", "-t") { Description = "A tracker; several with commas are one tier, each further option is the next tier (BEP 12).", HelpName = "URL" };
    private readonly Option<string[]> _webSeeds = new("--web-seed", "-w") { Description = "A web server that has the files (BEP 19).", HelpName = "URL" };
    private readonly Option<string[]> _httpSeeds = new("--http-seed") { Description = "A web server with pieces by script (BEP 17).", HelpName = "URL" };
    private readonly Option<DhtNode[]> _nodes = new("--node") { Description = "A node of the DHT to begin with (BEP 5).", HelpName = "HOST:PORT", CustomParser = ReadNodes };
    private readonly Option<bool> _private = new("--private", "-p") { Description = "Peers from the torrent's own trackers only (BEP 27)." };
    private readonly Option<string?> _source = new("--source", "-s") { Description = "Where the torrent belongs: the same files get another hash.", HelpName = "TEXT" };
    private readonly Option<string?> _updateUrl = new("--update-url", "-u") { Description = "Where clients may ask for a newer version (BEP 39).", HelpName = "URL" };
    private readonly Option<string?> _comment = new("--comment", "-c") { Description = "For people.", HelpName = "TEXT" };
    private readonly Option<string?> _createdBy = new("--created-by") { Description = "The name of the program; empty for none.", HelpName = "TEXT", DefaultValueFactory = _ => $"OrchardTracker {StatisticsEndpoints.Version}" };
    private readonly Option<DateTimeOffset?> _date = new("--date") { Description = "The creation date, such as 2026-01-31T12:00:00Z; now otherwise.", HelpName = "DATE", CustomParser = ReadDate };
    private readonly Option<bool> _noDate = new("--no-date") { Description = "No creation date: the same files give the same bytes." };
    private readonly Option<bool> _hidden = new("--hidden") { Description = "Take a folder's hidden files too." };
    private readonly Option<bool> _followLinks = new("--follow-links") { Description = "Take what symbolic links in a folder point to; they are left out otherwise." };
    private readonly Option<int?> _threads = new("--threads") { Description = "How many threads hash; one for each processor otherwise.", HelpName = "NUMBER" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_format, _pieceLength, _name, _trackers, _webSeeds, _httpSeeds, _nodes, _private, _source, _updateUrl, _comment, _createdBy, _date, _noDate, _hidden, _followLinks, _threads])
        {
            command.Options.Add(option);
        }

        _threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 1024)
            {
                result.AddError("--threads must be a number from 1 to 1024.");
            }
        });
    }

    public TorrentOptions Read(ParseResult parsed) => new()
    {
        Version = parsed.GetValue(_format),
        PieceLength = parsed.GetValue(_pieceLength),
        Name = parsed.GetValue(_name),
        AnnounceTiers = [.. (parsed.GetValue(_trackers) ?? []).Select(tier => tier.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        WebSeeds = parsed.GetValue(_webSeeds) ?? [],
        HttpSeeds = parsed.GetValue(_httpSeeds) ?? [],
        Nodes = parsed.GetValue(_nodes) ?? [],
        IsPrivate = parsed.GetValue(_private),
        Source = parsed.GetValue(_source),
        UpdateUrl = parsed.GetValue(_updateUrl),
        Comment = parsed.GetValue(_comment),
        CreatedBy = parsed.GetValue(_createdBy),
        CreationDate = parsed.GetValue(_noDate) ? null : parsed.GetValue(_date) ?? DateTimeOffset.UtcNow,
        IncludeHidden = parsed.GetValue(_hidden),
        SymbolicLinks = parsed.GetValue(_followLinks) ? SymbolicLinkPolicy.Follow : SymbolicLinkPolicy.Skip,
        Threads = parsed.GetValue(_threads),
    };

    private static int? ReadPieceLength(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SizeText.TryParse(text, out var size) && size is >= 16 << 10 and <= 32 << 20 && long.IsPow2(size))
        {
            return (int)size;
        }

        result.AddError($"The piece length \"{text}\" must be a power of two from 16K to 32M.");
        return null;
    }

    private static DhtNode[] ReadNodes(ArgumentResult result)
    {
        List<DhtNode> nodes = [];
        foreach (var token in result.Tokens)
        {
            var colon = token.Value.LastIndexOf(':');
            if (colon > 0 && ushort.TryParse(token.Value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            {
                nodes.Add(new DhtNode(token.Value[..colon].Trim('[', ']'), port));
            }
            else
            {
                result.AddError($"The node \"{token.Value}\" must be HOST:PORT.");
            }
        }

        return [.. nodes];
    }

    private static DateTimeOffset? ReadDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        result.AddError($"The date \"{text}\" must be one such as 2026-01-31T12:00:00Z.");
        return null;
    }
}
