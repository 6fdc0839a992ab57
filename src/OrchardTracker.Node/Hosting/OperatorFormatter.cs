using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrchardTracker.Node;

/// <summary>A line for each event: when, how grave, what. Class names and event numbers help no operator.</summary>
internal sealed class OperatorFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "operator";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel switch
        {
            LogLevel.Critical => " FATAL ",
            LogLevel.Error => " ERROR ",
            LogLevel.Warning => " warn  ",
            LogLevel.Information => " info  ",
            _ => " debug ",
        });

        // What comes from outside, such as a file's name, shall not begin a line of its own.
        foreach (var character in logEntry.Formatter(logEntry.State, logEntry.Exception))
        {
            textWriter.Write(char.IsControl(character) ? ' ' : character);
        }

        textWriter.WriteLine();
        if (logEntry.Exception is not null)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }
}
