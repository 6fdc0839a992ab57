using OrchardTracker.Frontends;

namespace OrchardTracker.Node;

/// <summary>Says where everything is, once it is there.</summary>
internal sealed partial class Greeting(
    HttpTracker tracker, NodeSettings settings, StateFolder state, ListeningPort port, IHostApplicationLifetime lifetime, ILogger<Greeting> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Greet);
        lifetime.ApplicationStopping.Register(() => LogStopping());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        foreach (var address in port.Addresses.Select(Reachable))
        {
            LogListening(address + tracker.Options.AnnouncePath, tracker.Engine.Settings.Mode, settings.Tracker.Udp.IsEnabled ? $"HTTP and UDP port {port.Value}" : $"HTTP port {port.Value}");
            LogPage(address + "/");
        }

        if (settings.Publish.Folder is { } folder)
        {
            LogFolder(folder);
        }

        if (state.Path is { } path)
        {
            LogState(path);
        }

        if (tracker.Engine.Settings.Rate is null)
        {
            LogUnlimited();
        }
    }

    // Who listens everywhere is reached on this machine by a name, not by a wildcard.
    private static string Reachable(string address) =>
        address.Replace("//[::]:", "//localhost:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Information, "Tracker: {Url} (mode {Mode}, {Ports}).")]
    private partial void LogListening(string url, Swarms.TrackerMode mode, string ports);

    [LoggerMessage(LogLevel.Information, "Page: {Url}")]
    private partial void LogPage(string url);

    [LoggerMessage(LogLevel.Information, "Published folder: {Folder}")]
    private partial void LogFolder(string folder);

    [LoggerMessage(LogLevel.Information, "Kept over a restart in {Folder}")]
    private partial void LogState(string folder);

    [LoggerMessage(LogLevel.Warning, "Request rates are not limited. On the open Internet, turn Tracker:RateLimit:Enabled on again.")]
    private partial void LogUnlimited();

    [LoggerMessage(LogLevel.Information, "Stopping.")]
    private partial void LogStopping();
}
