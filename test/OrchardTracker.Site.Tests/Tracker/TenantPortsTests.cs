using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Settings;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Who opens and closes ports at the same time.</summary>
public sealed class TenantPortsTests
{
    [Fact]
    public async Task Should_go_by_the_newest_settings_whoever_has_waited_with_older_ones()
    {
        using var log = new HoldingLog();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var tenant = new TenantTracker(TimeProvider.System) { IsActive = true };
        tenant.Ports.LoggerFactory = loggers;
        tenant.Apply(new TrackerSiteSettings { PortAddress = "127.0.0.1", UdpPort = FreePort.Next() });

        // One is opening the port, a pulse waits for him, and then somebody saves settings without a port.
        var opening = Task.Run(tenant.ApplyPortsAsync, TestContext.Current.CancellationToken);
        await log.Reached;
        var pulse = tenant.ApplyPortsAsync();
        tenant.Apply(new TrackerSiteSettings());
        var saving = tenant.ApplyPortsAsync();
        log.Release();
        await Task.WhenAll(opening, pulse, saving);

        Assert.Equal(0, tenant.Ports.Open.Udp);
    }

    /// <summary>Holds whoever tells something until it is released.</summary>
    private sealed class HoldingLog : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Reached => _reached.Task;

        public void Release() => _released.Set();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _reached.TrySetResult();
            _released.Wait();
        }

        public void Dispose() => _released.Dispose();
    }
}
