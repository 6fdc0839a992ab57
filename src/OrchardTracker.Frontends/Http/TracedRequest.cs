using System.Diagnostics;

namespace OrchardTracker.Frontends;

/// <summary>Keeps passkeys out of traces: they stand in the path or query, which whoever traces requests writes down.</summary>
internal static class TracedRequest
{
    // By OpenTelemetry's names, those of old ones too.
    private static readonly string[] Paths = ["url.path", "http.target"];
    private static readonly string[] Whole = ["url.query", "url.full", "http.url"];

    /// <summary>Leaves of the address in the current trace, if there is one, the path alone, as everybody has it.</summary>
    public static void Conceal(string path)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        foreach (var name in Paths)
        {
            if (activity.GetTagItem(name) is not null)
            {
                activity.SetTag(name, path);
            }
        }

        foreach (var name in Whole)
        {
            activity.SetTag(name, null);
        }
    }
}
