using Microsoft.Extensions.Logging;
using OrchardCore.Data.Documents;
using OrchardCore.Settings;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Settings;

/// <summary>Lets the tracker go by the site's settings, wherever they were changed: on the page, by a recipe, on another server.</summary>
internal sealed partial class SettingsSync(
    ISiteService siteService, SiteTracker tracker, UserDirectory users, TrackerSettingsRules rules, ILogger<SettingsSync> logger) : ITrackerSync
{
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var following = tracker.Tenant.Following;
        await following.WaitAsync(cancellationToken);
        try
        {
            await FollowAsync(tracker.Tenant);
        }
        finally
        {
            following.Release();
        }
    }

    private async Task FollowAsync(TenantTracker tenant)
    {
        var site = await siteService.GetSiteSettingsAsync();
        var version = (site as IDocument)?.Identifier;
        if (version is not null && version == tenant.SettingsVersion)
        {
            return;
        }

        var settings = site.GetOrCreate<TrackerSiteSettings>().Clone();
        foreach (var fault in rules.Mend(settings))
        {
            LogFault(logger, fault.Field, fault.Message.Value);
        }

        if (settings.Mode == TrackerMode.Private)
        {
            // Before it is: else users would be told that their passkeys are wrong, and some clients would never ask again.
            await users.EnsureLoadedAsync();
        }

        tenant.Apply(settings);
        await tenant.ApplyPortsAsync();
        tenant.SettingsVersion = version;
    }

    [LoggerMessage(LogLevel.Error, "The tracker's setting {Field} cannot be used; the usual value is in force instead. {Fault} Mend it at Settings, Tracker.")]
    private static partial void LogFault(ILogger logger, string field, string fault);
}
