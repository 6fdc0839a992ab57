using System.CommandLine;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Makes a torrent of a file or folder.</summary>
internal static class CreateCommand
{
    private static readonly Argument<string> Path = new("PATH") { Description = "The file or folder." };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to write it; - for standard output. By default NAME.torrent in the working folder.", HelpName = "FILE" };
    private static readonly Option<bool> Force = new("--force", "-f") { Description = "Overwrite a torrent that is there." };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show no progress." };

    public static Command Create()
    {
        var options = new CreateOptions();
        var command = new Command("create", "Make a torrent of a file or folder. Its info-hash and magnet link go to standard output, progress to standard error.") { Path, Output, Force, Quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, options, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CreateOptions options, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        var path = parsed.GetRequiredValue(Path);
        try
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                throw new IOException("There is no such file or folder.");
            }

            var torrentOptions = options.Read(parsed);
            var output = OutputOf(parsed, path, torrentOptions);
            Metainfo torrent;
            using (var progress = parsed.GetValue(Quiet) ? null : new ProgressBar(console.Error, !Console.IsErrorRedirected))
            {
                torrent = await TorrentCreator.CreateFromPathAsync(path, torrentOptions, progress, cancellationToken);
            }

            await WriteAsync(output, torrent, console);
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TorrentCreationException)
        {
            await console.Error.WriteLineAsync($"{path}: {error.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Stopped; nothing was written.");
            return 130;
        }
    }

    // Said before an hour of hashing, not after it.
    private static string OutputOf(ParseResult parsed, string path, TorrentOptions options)
    {
        var name = options.Name ?? new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path))).Name;
        var output = parsed.GetValue(Output) ?? System.IO.Path.GetFileName(name) + ".torrent";
        if (output != "-" && File.Exists(output) && !parsed.GetValue(Force))
        {
            throw new IOException($"{output} is there already. Give --force to overwrite it, or another name with --output.");
        }

        return output;
    }

    private static async Task WriteAsync(string output, Metainfo torrent, InvocationConfiguration console)
    {
        if (output == "-")
        {
            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(torrent.Bytes);
            return;
        }

        var aside = output + ".new";
        await using (var file = File.Create(aside))
        {
            await file.WriteAsync(torrent.Bytes);
        }

        File.Move(aside, output, overwrite: true);
        await console.Output.WriteLineAsync(CommandJson.Write(TorrentText.Of(output, torrent)));
    }
}
