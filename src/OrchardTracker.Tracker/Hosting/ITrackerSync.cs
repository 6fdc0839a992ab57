namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// Brings the tracker in line with something that is stored. Called at activation and then every few seconds, because not
/// every change is told: a recipe writes settings, another process of the site changes roles. Must cost next to nothing
/// where nothing has changed. Scoped.
/// </summary>
internal interface ITrackerSync
{
    Task SyncAsync(CancellationToken cancellationToken);
}
