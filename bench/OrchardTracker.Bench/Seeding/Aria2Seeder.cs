using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Bench;

internal static class Aria2Seeder
{
    // Fixed in it: three that it chooses, and one by chance.
    private const int Slots = 4;

    public static Task<RunningSeeder> StartAsync(string torrent, string file)
    {
        var port = FreePort.Next();
        var process = ToolProcess.Start(
            "aria2c", "--no-conf", $"--stop-with-process={Environment.ProcessId}", "--quiet=true", $"--dir={Path.GetDirectoryName(file)}", "--interface=127.0.0.1",
            $"--listen-port={port}", "--disable-ipv6=true", "--enable-dht=false", "--enable-dht6=false", "--bt-enable-lpd=false", "--enable-peer-exchange=false",
            "--bt-seed-unverified=true", "--seed-ratio=0.0", "--bt-max-peers=0", "--max-upload-limit=0", "--max-overall-upload-limit=0",
            "--file-allocation=none", torrent);
        return Task.FromResult(new RunningSeeder("aria2", process, port, Slots));
    }
}
