using System.CommandLine;
using System.CommandLine.Invocation;

namespace OrchardTracker.Node;

/// <summary>The commands of the program. Without one it serves.</summary>
internal static class NodeCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        // Settings of the node look like options, yet are the framework's to read.
        if (args is [] || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")))
        {
            return await ServeCommand.RunAsync(args);
        }

        if (args[0] == "serve")
        {
            return await ServeCommand.RunAsync(args[1..]);
        }

        var parsed = CreateRoot().Parse(args);
        if (parsed.Action is ParseErrorAction fault)
        {
            // A page of help would push the reason off the screen.
            fault.ShowHelp = false;
        }

        return await parsed.InvokeAsync();
    }

    private static RootCommand CreateRoot()
    {
        // Only for the help: its arguments never come here.
        var serve = new Command("serve", "Run the tracker, and publish a folder if one is set. This is what happens without a command; \"serve --help\" lists the settings.");
        return new RootCommand("OrchardTracker Node: a BitTorrent tracker, and what one needs beside it.")
        {
            serve,
            CreateCommand.Create(),
            InspectCommand.Create(),
            AnnounceCommand.Create(),
            ScrapeCommand.Create(),
        };
    }
}
