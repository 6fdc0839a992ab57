using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OrchardTracker.Node.Tests;

/// <summary>The program as operators start it: a process of its own.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private NodeProcess(Process process) => _process = process;

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    /// <summary>Where the page is; known once the node serves.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts the node and waits until it serves.</summary>
    public static async Task<NodeProcess> ServeAsync(string workingFolder, params string[] args)
    {
        var node = Start(workingFolder, args);
        await Eventually.IsTrueAsync(
            () => node.Output.Contains("Page: ", StringComparison.Ordinal) || node._process.HasExited, () => $"the node serves; it says {node.Output} {node.Errors}");
        var page = PageLine().Match(node.Output);
        Assert.True(page.Success, $"The node does not serve: {node.Output} {node.Errors}");
        node.Address = new Uri(page.Groups[1].Value);
        return node;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string workingFolder, params string[] args)
    {
        await using var node = Start(workingFolder, args);
        var code = await node.WaitAsync();
        return (code, node.Output, node.Errors);
    }

    /// <summary>Stops the node as a service manager does, and waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static NodeProcess Start(string workingFolder, string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "OrchardTracker.Node.dll"));
        Array.ForEach(args, start.ArgumentList.Add);
        var process = new Process { StartInfo = start };
        var node = new NodeProcess(process);
        process.OutputDataReceived += (_, line) => Enqueue(node._output, line.Data);
        process.ErrorDataReceived += (_, line) => Enqueue(node._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return node;
    }

    private static void Enqueue(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private async Task<int> WaitAsync()
    {
        using var bound = new CancellationTokenSource(Bound);
        await _process.WaitForExitAsync(bound.Token);
        return _process.ExitCode;
    }

    [GeneratedRegex(@"Page: (http://\S+)")]
    private static partial Regex PageLine();
}
