using Microsoft.Extensions.Logging;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>Brings the swarms of a tenant over a restart of the process.</summary>
internal static partial class TrackerSnapshots
{
    public static async Task RestoreAsync(TenantTracker tenant, string path, ILogger logger)
    {
        try
        {
            // Once: after a crash its peers would be long gone, and what their clients told since is in the accounts already.
            var peers = await SwarmSnapshot.TakeAsync(tenant.Engine.Store, path, tenant.Engine.Settings.Interval);
            if (peers > 0)
            {
                LogRestored(logger, peers);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SnapshotException)
        {
            LogUnreadable(logger, path, error.Message);
        }
    }

    public static async Task SaveAsync(TenantTracker tenant, string path, ILogger logger)
    {
        try
        {
            await SwarmSnapshot.SaveAsync(tenant.Engine.Store, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(logger, path, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Peers} peers of before the restart are back.")]
    private static partial void LogRestored(ILogger logger, int peers);

    [LoggerMessage(LogLevel.Warning, "The swarms of before the restart are lost: {Path} cannot be read, or not be removed after it ({Reason}). Clients come back by themselves within their announce interval.")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason);

    [LoggerMessage(LogLevel.Error, "The swarms could not be kept: {Path} cannot be written ({Reason}). Mend that before the next restart.")]
    private static partial void LogNotSaved(ILogger logger, string path, string reason);
}
