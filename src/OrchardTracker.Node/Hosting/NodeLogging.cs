using Microsoft.Extensions.Logging.Console;

namespace OrchardTracker.Node;

/// <summary>What is written to the console: lines for the operator, and nothing of a single request.</summary>
internal static partial class NodeLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddConsole(console => console.FormatterName = OperatorFormatter.FormatterName);
        logging.AddConsoleFormatter<OperatorFormatter, ConsoleFormatterOptions>();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));

        // The paths of requests hold passkeys, and each request would be given an activity. No setting turns this on.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // The folder's own line says more, and once.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        // A start that fails is told in one line, by whoever started it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    public static partial void Warn(ILogger logger, string warning);
}
