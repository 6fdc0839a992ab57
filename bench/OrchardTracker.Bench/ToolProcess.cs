using System.Diagnostics;
using System.Globalization;

namespace OrchardTracker.Bench;

/// <summary>A program that runs beside this one. Ends when it is disposed of.</summary>
internal sealed class ToolProcess : IDisposable
{
    // Of clock_gettime and /proc on Linux, on every machine that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    /// <summary>Processor time of the program so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            // The name in brackets may hold blanks.
            var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public StreamReader Output => _process.StandardOutput;

    public static ToolProcess Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })
            ?? throw new InvalidOperationException($"{program} does not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new ToolProcess(process);
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var running = Start(program, arguments);
        var text = await running.Output.ReadToEndAsync();
        await running._process.WaitForExitAsync();
        if (running._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ends with {running._process.ExitCode}: {text}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
