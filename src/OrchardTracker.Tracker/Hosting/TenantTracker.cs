using OrchardTracker.Frontends;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Completions;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Lists;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Settings;
using OrchardTracker.Tracker.Statistics;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// The tracker of one tenant. Lives as long as the process or the tenant, not as long as a shell: a release, a changed
/// setting or a feature switched off and on again loses no peer.
/// </summary>
internal sealed class TenantTracker
{
    private readonly Lock _changing = new();
    private volatile bool _isActive;
    private volatile TrackerSiteSettings _settings = new();
    private volatile ActiveBans _bans = ActiveBans.None;
    private volatile PortSettings _wantedPorts = PortSettings.None;
    private volatile AccountRules _accountRules = TrackerSettingsMapper.ToAccounts(new TrackerSiteSettings());

    public TenantTracker(TimeProvider time)
    {
        Time = time;
        Engine = new TrackerEngine(new TrackerSettings(), time);
        Http = new HttpTracker(Engine, new HttpTrackerOptions());
        Totals = new TotalsCache(Engine.Store, time);
        Torrents = new TorrentClaims(Engine.Torrents);
        Users = new TenantUsers(Engine, time);
        Ledger = new AccountLedger(Engine.Torrents);
        Accounts = new AccountWriter(Ledger, Engine.Passkeys, time);
        Engine.Events = new TenantEvents(Ledger, Completions, time);
        History = new TrackerHistory(Engine, Totals, time);
        Survey = new SwarmSurvey(Engine.Store, time);
        Ports = new TenantPorts(Http, Engine, time);
    }

    public TimeProvider Time { get; }

    public TrackerEngine Engine { get; }

    public HttpTracker Http { get; }

    public TotalsCache Totals { get; }

    public TorrentClaims Torrents { get; }

    public TenantUsers Users { get; }

    /// <summary>What waits to be written to accounts.</summary>
    public AccountLedger Ledger { get; }

    /// <summary>Completed downloads that workflows are still to be told of.</summary>
    public CompletionQueue Completions { get; } = new();

    public AccountWriter Accounts { get; }

    public AccountRules AccountRules => _accountRules;

    /// <summary>Whether accounts could not be written the last time.</summary>
    public bool AccountsFail { get; set; }

    public TrackerHistory History { get; }

    public SwarmSurvey Survey { get; }

    public TenantPorts Ports { get; }

    /// <summary>By which rule, and for which loading of users, it was found out who is below the minimum ratio.</summary>
    public (decimal Ratio, long Grace, int Loads) RatioState { get; set; }

    /// <summary>The tenant's database; null before the first activation.</summary>
    public TrackerSql? Database { get; set; }

    /// <summary>Whether announces are answered: while the feature is enabled and the tenant runs.</summary>
    public bool IsActive
    {
        get => _isActive;
        set => _isActive = value;
    }

    /// <summary>The settings that are in force. Not to be changed: <see cref="Apply(TrackerSiteSettings)"/> takes others.</summary>
    public TrackerSiteSettings Settings => _settings;

    /// <summary>The bans that are in force.</summary>
    public ActiveBans Bans => _bans;

    /// <summary>Of which version of the tracker's lists the torrents and bans are; -1 before they are read.</summary>
    public long ListsVersion { get; set; } = -1;

    /// <summary>Of which version of the site's settings these are.</summary>
    public string? SettingsVersion { get; set; }

    /// <summary>What ties the tracker to its process; null before the first activation.</summary>
    public TenantProcess? Process { get; set; }

    /// <summary>Completes when the swarms of before the last stop have been read.</summary>
    public Task Started { get; set; } = Task.CompletedTask;

    /// <summary>
    /// Held while the site's settings are read and come into force, so that what was read earlier never comes into force later.
    /// </summary>
    public SemaphoreSlim Following { get; } = new(1);

    /// <summary>Goes by other settings from the next announce on; no peer is lost.</summary>
    /// <param name="settings">Without faults.</param>
    public void Apply(TrackerSiteSettings settings)
    {
        lock (_changing)
        {
            Engine.Settings = TrackerSettingsMapper.ToEngine(settings, _bans);
            Http.Options = TrackerSettingsMapper.ToHttp(settings);
            _accountRules = TrackerSettingsMapper.ToAccounts(settings);
            _wantedPorts = TrackerSettingsMapper.ToPorts(settings);
            _settings = settings;
        }
    }

    /// <summary>Opens and closes ports by the settings that are in force; a tracker that is not active has none.</summary>
    public Task ApplyPortsAsync() => Ports.ReconcileAsync(() => IsActive ? _wantedPorts : PortSettings.None);

    /// <summary>Goes by other bans from the next announce on; peers at banned addresses are forgotten.</summary>
    public void Apply(ActiveBans bans)
    {
        lock (_changing)
        {
            Engine.Settings = TrackerSettingsMapper.ToEngine(_settings, bans);
            _bans = bans;
        }

        Engine.Store.RemoveAt(bans.Addresses);
    }
}
