using System.Diagnostics;

namespace RunTests;

/// <summary>Runs programs.</summary>
internal static class Shell
{
    /// <summary>Runs a program that writes where we write.</summary>
    /// <returns>Whether it succeeded.</returns>
    public static bool Run(string folder, string program, params string[] args) => Run(folder, Timeout.InfiniteTimeSpan, program, args) == 0;

    /// <returns>The exit code; null when the program had to be stopped.</returns>
    public static int? Run(string folder, TimeSpan bound, string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = folder })!;
        if (process.WaitForExit(bound))
        {
            return process.ExitCode;
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return null;
    }

    /// <summary>Runs a program and keeps what it writes.</summary>
    public static (bool Succeeded, string Output) Read(string folder, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, output + errors.Result);
    }
}
