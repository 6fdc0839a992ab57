using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Modules;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Completions;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>Ties the tracker, which lives on, to the shells of its tenant, which come and go.</summary>
internal sealed partial class TrackerTenantEvents(
    SiteTracker tracker,
    TrackerSql database,
    IEnumerable<ITrackerSync> syncs,
    IEnumerable<ITorrentSource> sources,
    IEnumerable<ICompletionHandler> completionHandlers,
    ShellSettings shellSettings,
    IOptions<ShellOptions> shellOptions,
    IShellHost shellHost,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggerFactory) : ModularTenantEvents
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<TrackerTenantEvents>();

    private TenantKey Key => TenantKey.Of(shellOptions.Value, shellSettings);

    private string SnapshotPath => Path.Combine(
        shellOptions.Value.ShellsApplicationDataPath,
        shellOptions.Value.ShellsContainerName,
        shellSettings.Name,
        "OrchardTracker",
        "swarms.bin");

    public override async Task ActivatingAsync()
    {
        tracker.Tenant.Database = database;
        tracker.Tenant.Completions.IsWanted = completionHandlers.Any();
        tracker.Tenant.Ports.LoggerFactory = loggerFactory;

        // By the settings a peer's lifetime is known, by which the swarms are read.
        foreach (var sync in syncs)
        {
            await sync.SyncAsync(CancellationToken.None);
        }

        await StartOnceAsync();
        await ReadSourcesAsync();
        await tracker.Tenant.Process!.ResumeAsync();
    }

    public override async Task RemovingAsync(ShellRemovingContext context)
    {
        if (TrackerRegistry.Remove(Key) is { Process: { } process })
        {
            await process.DisposeAsync();
        }
    }

    private Task StartOnceAsync()
    {
        var tenant = tracker.Tenant;
        lock (tenant)
        {
            if (tenant.Process is not null)
            {
                return tenant.Started;
            }

            var key = Key;
            var shell = new TenantShell(shellHost, shellSettings.Name, shellSettings.TenantId);
            var process = new TenantProcess(tenant, shell, SnapshotPath, () => TrackerRegistry.Remove(key), loggerFactory.CreateLogger<TenantProcess>());
            tenant.Process = process;
            return tenant.Started = process.StartAsync(lifetime);
        }
    }

    private async Task ReadSourcesAsync()
    {
        var torrents = tracker.Tenant.Torrents;
        torrents.BeginPass(Claimant.Modules);
        try
        {
            foreach (var source in sources)
            {
                await foreach (var torrent in source.ListAsync(CancellationToken.None))
                {
                    Claim(torrents, torrent);
                }
            }
        }
        catch (Exception error)
        {
            // The site shall come up without its torrents rather than not at all; what was known before stays known.
            LogSourceFailed(_logger, error);
            return;
        }

        torrents.EndPass(Claimant.Modules);
    }

    private void Claim(TorrentClaims torrents, SourcedTorrent torrent)
    {
        if (torrent.IsBlocked)
        {
            torrents.SetBlock(torrent.InfoHash, torrent.V2, Claimant.Modules);
        }
        else
        {
            torrents.Set(new TorrentEntry(torrent.InfoHash, torrent.V2, torrent.Refusal), Claimant.Modules);
        }

        if (torrent.IsFreeLeech)
        {
            tracker.SetFreeLeech(torrent.InfoHash, isFree: true);
        }
    }

    [LoggerMessage(LogLevel.Error, "The tracker could not be told all torrents of the site; announces for those that are missing are refused. Mend the cause and restart the site.")]
    private static partial void LogSourceFailed(ILogger logger, Exception error);
}
