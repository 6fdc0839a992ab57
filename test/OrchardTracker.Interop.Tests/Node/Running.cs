using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrchardTracker.Interop.Tests.Node;

/// <summary>A program under way, with what it has said so far. It ends with the test.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    public Running(Tool tool, params string[] arguments)
    {
        _process = tool.Start(arguments);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    public bool HasExited => _process.HasExited;

    /// <summary>Writes a line to the program's input.</summary>
    public void Tell(string line) => _process.StandardInput.WriteLine(line);

    public override string ToString() => $"{(HasExited ? $"[ended with {_process.ExitCode}] " : "")}{string.Join('\n', _lines.TakeLast(20))}";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
