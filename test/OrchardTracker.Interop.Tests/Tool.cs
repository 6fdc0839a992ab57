using System.Diagnostics;
using System.Text;

namespace OrchardTracker.Interop.Tests;

/// <summary>A program of somebody else that tests run. A test whose program is missing is reported as skipped, by name.</summary>
internal sealed class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _path;
    private readonly string[] _arguments;

    private Tool(string path, params string[] arguments)
    {
        _path = path;
        _arguments = arguments;
    }

    /// <summary>The program's file.</summary>
    public string Path => _path;

    /// <summary>Finds a program on the search path, or skips the test.</summary>
    public static Tool Require(string name, string debianPackage) =>
        Find(name) is { } path ? new Tool(path) : throw Missing(name, debianPackage);

    /// <summary>Finds the system's Python with libtorrent, or skips the test.</summary>
    public static async Task<Tool> RequireLibtorrentAsync(string script)
    {
        // Not the first Python on the path: Debian's package is for Debian's.
        const string Python = "/usr/bin/python3";
        if (File.Exists(Python))
        {
            var probe = await new Tool(Python).TryRunAsync(["-c", "import libtorrent"]);
            if (probe.ExitCode == 0)
            {
                return new Tool(Python, System.IO.Path.Combine(AppContext.BaseDirectory, script));
            }
        }

        throw Missing("libtorrent for /usr/bin/python3", "python3-libtorrent");
    }

    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs the program to its end and gives what it prints. It must succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await TryRunAsync(arguments);
        Assert.True(exitCode == 0, $"{_path} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs the program to its end, however that is.</summary>
    public async Task<(int ExitCode, string Output, string Error)> TryRunAsync(string[] arguments, bool throughProxies = false)
    {
        using var process = Start(arguments, throughProxies);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_path} did not end within {Patience}.");
        }
    }

    /// <summary>Starts the program; whoever does so ends it.</summary>
    public Process Start(params string[] arguments) => Start(arguments, throughProxies: false);

    private Process Start(string[] arguments, bool throughProxies)
    {
        var start = new ProcessStartInfo(_path, [.. _arguments, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // File names are UTF-8 for all of them, whatever this process was given; and nothing on loopback goes by a proxy.
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var proxy in throughProxies ? [] : (string[])["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
        {
            start.Environment.Remove(proxy);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{_path} did not start.");
    }

    private static Exception Missing(string name, string debianPackage)
    {
        Assert.Skip($"{name} is not installed (Debian package {debianPackage}).");
        return new InvalidOperationException();
    }
}
