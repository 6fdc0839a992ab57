using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OrchardTracker.Node;

/// <summary>Runs the node until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            SettingsHelp.Write(Console.Out);
            return 0;
        }

        try
        {
            Check(args);
            await using var app = NodeApplication.Create(args);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SettingsException error)
        {
            foreach (var fault in error.Faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return 1;
        }
    }

    // The framework passes over what it does not understand; whoever forgot two dashes would wonder.
    private static void Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            var isSetting = IsSetting(arg);
            if (isSetting && !arg.Contains('=', StringComparison.Ordinal))
            {
                i++;
                isSetting = i < args.Length && !IsSetting(args[i]);
            }

            if (!isSetting)
            {
                throw new SettingsException([$"\"{arg}\" is no setting with a value. Settings look like --Tracker:Port=6969; see \"serve --help\"."]);
            }
        }

        static bool IsSetting(string arg) => arg.StartsWith("--", StringComparison.Ordinal);
    }

    private static async Task StartAsync(WebApplication app)
    {
        var tracker = app.Services.GetRequiredService<NodeSettings>().Tracker;
        var endPoint = new IPEndPoint(tracker.Addresses[0].IP ?? IPAddress.IPv6Any, tracker.Port);
        try
        {
            await app.StartAsync();
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new SettingsException([PortFault.Describe("HTTP", endPoint, SocketError.AddressAlreadyInUse, error.Message)]);
        }
        catch (SocketException error)
        {
            throw new SettingsException([PortFault.Describe("HTTP", endPoint, error.SocketErrorCode, error.Message)]);
        }
    }
}
