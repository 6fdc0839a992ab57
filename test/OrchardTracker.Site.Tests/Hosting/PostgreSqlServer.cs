using System.Diagnostics;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>A PostgreSQL of Debian's packages with a folder of its own, on a port of the loopback, for as long as a test takes.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string Account = "postgres";

    private readonly Process _server;
    private readonly string _folder;

    private PostgreSqlServer(Process server, string folder, int port)
    {
        _server = server;
        _folder = folder;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username={Account};Database={Account};Include Error Detail=true";
    }

    public string ConnectionString { get; }

    /// <summary>Skips the test by name where there is no PostgreSQL.</summary>
    public static async Task<PostgreSqlServer> StartAsync()
    {
        var programs = Directory.Exists(Packages)
            ? Directory.GetDirectories(Packages).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        Assert.SkipWhen(programs is null, "There is no PostgreSQL here: apt-get install postgresql.");
        var folder = Directory.CreateTempSubdirectory("orchardtracker-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            // It does not run as root.
            await RunAsync("chown", Account, folder);
        }

        var data = Path.Combine(folder, "data");
        var port = FreePort.Next();
        await RunAsync([.. As(), Path.Combine(programs!, "initdb"), "-D", data, "-A", "trust", "-U", Account, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]);
        var server = Start(
            [.. As(), Path.Combine(programs!, "postgres"), "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "fsync=off"]);
        var running = new PostgreSqlServer(server, folder, port);
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(server.HasExited, "PostgreSQL has ended.");
            using var ready = Start([Path.Combine(programs!, "pg_isready"), "-h", "127.0.0.1", "-p", $"{port}"]);
            await ready.WaitForExitAsync();
            return ready.ExitCode == 0;
        });
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.HasExited)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] As() => Environment.UserName == "root" ? ["runuser", "-u", Account, "--"] : [];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/tmp" };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
