using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>
/// The seeder of one tenant, with all its torrents. Lives as long as the process: a shell that is released lets no peer
/// go. Thread-safe.
/// </summary>
public sealed partial class SiteSeeder
{
    private readonly ConcurrentDictionary<InfoHash, SeedRecord> _records = new();
    private readonly SemaphoreSlim _changing = new(1);
    private TenantShell? _shell;
    private SeederSetup? _setup;
    private Seeder? _seeder;
    private SiteSeedTracker? _tracker;
    private ILogger? _logger;
    private long _uploadedBefore;

    /// <summary>Null while it does not run.</summary>
    public Seeder? Current => Volatile.Read(ref _seeder);

    /// <summary>Bytes of files sent since the process began.</summary>
    public long Uploaded => Interlocked.Read(ref _uploadedBefore) + (Current?.Uploaded ?? 0);

    /// <summary>Goes by a setup from now on; when it is the same as before, nothing happens but that the tracker is the present one.</summary>
    public async Task ApplyAsync(SeederSetup setup, TenantShell shell, ISiteTracker? tracker, ILogger logger)
    {
        await _changing.WaitAsync();
        try
        {
            if (_tracker is not null)
            {
                _tracker.Tracker = tracker;
            }

            // What could not be started is tried again.
            if (setup != _setup || (_seeder is null && setup.Options is not null))
            {
                await StopSeederAsync();
                (_setup, _shell, _logger) = (setup, shell, logger);
                Start(setup, tracker);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Gives a torrent from now on.</summary>
    public void Set(SeedRecord record)
    {
        if (!_records.TryGetValue(record.InfoHashes[0], out var known) || known != record)
        {
            _records[record.InfoHashes[0]] = record;
            Add(record);
        }
    }

    public void Remove(InfoHash infoHash)
    {
        if (_records.TryRemove(infoHash, out _))
        {
            Current?.Remove(infoHash);
        }
    }

    /// <summary>The torrents that are given for some entries.</summary>
    public IEnumerable<InfoHash> ListOf(IEnumerable<string> entryIds)
    {
        var wanted = entryIds.ToHashSet();
        return _records.Values.Where(record => wanted.Contains(record.EntryId)).Select(record => record.First);
    }

    /// <summary>Gives these torrents from now on, and no others.</summary>
    public void SetAll(IReadOnlyCollection<SeedRecord> records)
    {
        var wanted = records.Select(record => record.InfoHashes[0]).ToHashSet();
        foreach (var (infoHash, _) in _records)
        {
            if (!wanted.Contains(infoHash))
            {
                Remove(infoHash);
            }
        }

        foreach (var record in records.DistinctBy(record => record.InfoHashes[0]))
        {
            Set(record);
        }
    }

    public async Task StopAsync()
    {
        await _changing.WaitAsync();
        try
        {
            await StopSeederAsync();
            _setup = null;
        }
        finally
        {
            _changing.Release();
        }
    }

    private void Start(SeederSetup setup, ISiteTracker? tracker)
    {
        if (setup.Options is null)
        {
            return;
        }

        _tracker = new SiteSeedTracker(setup.V4, setup.V6) { Tracker = tracker };
        var seeder = new Seeder(setup.Options, _tracker, TimeProvider.System);
        seeder.Faulted += (torrent, error) => LogFault(_logger!, torrent?.InfoHashes[0].ToString() ?? "", _shell!.Tenant, error.Message);
        try
        {
            seeder.Start();
        }
        catch (SocketException error)
        {
            LogNotStarted(_logger!, setup.Options.Port, _shell!.Tenant, error.Message);
            return;
        }

        Volatile.Write(ref _seeder, seeder);
        foreach (var (_, record) in _records)
        {
            Add(record);
        }

        LogStarted(_logger!, seeder.Port, _shell!.Tenant);
    }

    private void Add(SeedRecord record)
    {
        if (Current is { } seeder && _shell is { } shell)
        {
            seeder.Add(new SeededTorrent(record.InfoHashes, new MediaSeedSource(shell, record))
            {
                Admits = record.IsRestricted ? new SeedAdmission(shell, record).AdmitsAsync : null,
            });
        }
    }

    private async Task StopSeederAsync()
    {
        if (_seeder is { } seeder)
        {
            Volatile.Write(ref _seeder, null);
            Interlocked.Add(ref _uploadedBefore, seeder.Uploaded);
            await seeder.DisposeAsync();
        }

        _tracker = null;
    }

    [LoggerMessage(LogLevel.Information, "The seeder of tenant '{Tenant}' listens on port {Port}.")]
    private static partial void LogStarted(ILogger logger, int port, string tenant);

    [LoggerMessage(LogLevel.Error, "The seeder of tenant '{Tenant}' cannot listen on port {Port} ({Reason}): hidden originals cannot be downloaded. Give each tenant a port of its own in the settings of media torrents; it is tried again every quarter of an hour.")]
    private static partial void LogNotStarted(ILogger logger, int port, string tenant, string reason);

    [LoggerMessage(LogLevel.Warning, "The seeder of tenant '{Tenant}' could not give torrent {InfoHash}: {Reason}")]
    private static partial void LogFault(ILogger logger, string infoHash, string tenant, string reason);
}
