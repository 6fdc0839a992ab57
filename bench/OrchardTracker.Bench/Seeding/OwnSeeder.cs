using System.Globalization;
using System.Net;
using OrchardTracker.BitTorrent;
using OrchardTracker.Publishing;

namespace OrchardTracker.Bench;

/// <summary>The seeder of this repository, as a site has it, in a process of its own: this program once more.</summary>
internal static class OwnSeeder
{
    /// <summary>What this program is started with to seed.</summary>
    public const string Command = "seed";

    public static async Task<RunningSeeder> StartAsync(string torrent, string file)
    {
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(OwnSeeder).Assembly.Location] : [];
        var process = ToolProcess.Start(program, [.. assembly, Command, torrent, file]);
        try
        {
            var port = int.Parse((await process.Output.ReadLineAsync())!, CultureInfo.InvariantCulture);
            return new RunningSeeder("OrchardTracker", process, port, new SeederOptions().UploadSlots);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Seeds until the input ends: with the program that has started this one, however that ends.</summary>
    public static async Task RunAsync(string torrent, string file)
    {
        var metainfo = Metainfo.Parse(await File.ReadAllBytesAsync(torrent));
        await using var seeder = new Seeder(new SeederOptions { Address = IPAddress.Loopback, Port = 0 }, tracker: null, TimeProvider.System);
        seeder.Faulted += (_, error) => Console.Error.WriteLine(error);
        seeder.Start();
        seeder.Add(new SeededTorrent(metainfo.TrackerHashes, new SingleFileSource(metainfo, file)));
        Console.WriteLine(seeder.Port);
        await Console.In.ReadToEndAsync();
    }
}
