using System.CommandLine;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Tells what is in torrents.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Files to read." };
        var command = new Command("inspect", "Tell what is in .torrent files: one JSON object a line. A file that cannot be read gives its reason on standard error, and exit code 1.") { files };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = 0;
            foreach (var file in parsed.GetRequiredValue(files))
            {
                code |= await InspectAsync(file, parsed.InvocationConfiguration, cancellationToken);
            }

            return code;
        });
        return command;
    }

    private static async Task<int> InspectAsync(string file, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            // A film taken for its torrent is not read whole.
            if (new FileInfo(file).Length > MetainfoLimits.Default.MaxBytes)
            {
                throw new IOException($"It is longer than {SizeText.Write(MetainfoLimits.Default.MaxBytes)}: that is no torrent.");
            }

            var torrent = Metainfo.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            await console.Output.WriteLineAsync(CommandJson.Write(TorrentText.Of(file, torrent)));
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MetainfoException)
        {
            await console.Error.WriteLineAsync($"{file}: {error.Message}");
            return 1;
        }
    }
}
