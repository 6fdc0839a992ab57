using Microsoft.Extensions.Primitives;
using OrchardTracker.Frontends;

namespace OrchardTracker.Node;

/// <summary>Takes over changed settings of the tracker while it runs. Address, port, folders and files wait for a restart.</summary>
internal sealed partial class SettingsReload(IConfiguration configuration, HttpTracker tracker, ILogger<SettingsReload> logger) : IHostedService, IDisposable
{
    private IDisposable? _registration;
    private string _last = "";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _last = Image();
        _registration = ChangeToken.OnChange(configuration.GetReloadToken, Apply);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _registration?.Dispose();

    private void Apply()
    {
        // An editor writes a file more than once.
        var image = Image();
        if (Interlocked.Exchange(ref _last, image) == image)
        {
            return;
        }

        try
        {
            var settings = NodeSettings.Read(configuration).Tracker;
            tracker.Engine.Settings = settings.Engine;
            tracker.Options = settings.Http;
            LogReloaded();
        }
        catch (Exception error) when (error is SettingsException or ArgumentException)
        {
            LogRefused(error.Message);
        }
    }

    private string Image() => string.Join('\n', configuration.GetSection("Tracker").AsEnumerable().Select(entry => $"{entry.Key}={entry.Value}"));

    [LoggerMessage(LogLevel.Information, "The tracker goes by the changed settings from now on. A changed address, port, file or folder counts after a restart.")]
    private partial void LogReloaded();

    [LoggerMessage(LogLevel.Error, "The changed settings cannot be used; the former ones stay in force. {Faults}")]
    private partial void LogRefused(string faults);
}
