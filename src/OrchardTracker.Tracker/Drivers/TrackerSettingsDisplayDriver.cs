using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Entities;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Settings;
using OrchardTracker.Frontends;
using OrchardTracker.Tracker.Journal;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Settings;
using OrchardTracker.Tracker.ViewModels;

namespace OrchardTracker.Tracker.Drivers;

/// <summary>The settings page. What is saved is in force at once, without a release of the shell.</summary>
internal sealed class TrackerSettingsDisplayDriver(
    IHttpContextAccessor httpContextAccessor,
    IAuthorizationService authorizationService,
    SiteTracker tracker,
    TrackerSettingsRules rules,
    PortTexts portTexts,
    IStringLocalizer<TrackerSettingsDisplayDriver> localizer) : SiteDisplayDriver<TrackerSiteSettings>
{
    public const string GroupId = "tracker";

    internal readonly IStringLocalizer S = localizer;

    protected override string SettingsGroupId => GroupId;

    public override async Task<IDisplayResult?> EditAsync(ISite site, TrackerSiteSettings? settings, BuildEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        settings ??= new TrackerSiteSettings();
        return Combine(
            Tab("TrackerSettingsAccess_Edit", S["Access"], "1"),
            Tab("TrackerSettingsAnnounces_Edit", S["Announces"], "2"),
            Tab("TrackerSettingsLimits_Edit", S["Limits"], "3"),
            Tab("TrackerSettingsAccounts_Edit", S["Accounts"], "4"),
            Tab("TrackerSettingsNetwork_Edit", S["Network"], "5"),
            Tab("TrackerSettingsCheck_Edit", S["Check"], "6"));

        IDisplayResult Tab(string shape, LocalizedString name, string position) =>
            Initialize<TrackerSettingsViewModel>(shape, model => Fill(model, settings))
                .Location(location => location.Zone("Content", position).Tab(name.Value, position))
                .OnGroup(GroupId);
    }

    public override async Task<IDisplayResult?> UpdateAsync(ISite site, TrackerSiteSettings? settings, UpdateEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        settings ??= new TrackerSiteSettings();
        var before = settings.Clone();
        var model = new TrackerSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        model.CopyTo(settings);
        foreach (var fault in rules.FindFaults(settings))
        {
            // A number that could not even be read has its own message already.
            var key = $"{Prefix}.{fault.Field}";
            if (context.Updater.ModelState[key] is not { Errors.Count: > 0 })
            {
                context.Updater.ModelState.AddModelError(key, fault.Message.Value);
            }
        }

        if (context.Updater.ModelState.IsValid)
        {
            foreach (var fault in tracker.Tenant.Ports.Probe(TrackerSettingsMapper.ToPorts(settings)))
            {
                context.Updater.ModelState.AddModelError($"{Prefix}.{FieldOf(fault)}", portTexts.Of(fault).Value);
            }
        }

        if (context.Updater.ModelState.IsValid)
        {
            var (changes, subject, modelState) = (settings.FindChanges(before), S["Settings"].Value, context.Updater.ModelState);

            // Once they are stored, still before the response: another driver may refuse the page yet, and the database may
            // refuse to store it.
            ShellScope.AddDeferredTask(async scope =>
            {
                if (modelState.IsValid && scope.ServiceProvider.GetService<SettingsSync>() is { } sync)
                {
                    await sync.SyncAsync(CancellationToken.None);
                    if (changes.Count > 0)
                    {
                        await scope.ServiceProvider.GetRequiredService<TrackerJournal>().RecordAsync(TrackerAct.SettingsChanged, subject, string.Join("; ", changes));
                    }
                }
            });
        }

        return await EditAsync(site, settings, context);
    }

    private Task<bool> IsPermittedAsync() =>
        authorizationService.AuthorizeAsync(httpContextAccessor.HttpContext?.User, TrackerPermissions.ManageTracker);

    private static string FieldOf(PortFault fault) => fault switch
    {
        { Trouble: PortTrouble.AddressUnknown } => nameof(TrackerSettingsViewModel.PortAddress),
        { Kind: PortKind.Http } => nameof(TrackerSettingsViewModel.HttpPort),
        _ => nameof(TrackerSettingsViewModel.UdpPort),
    };

    private void Fill(TrackerSettingsViewModel model, TrackerSiteSettings settings)
    {
        model.Fill(settings);
        model.ClientNames = [.. settings.AllowedClients.Concat(settings.DeniedClients).Distinct()
            .Select(prefix => KeyValuePair.Create(prefix, ClientPrefix.NameOf(prefix) ?? S["unknown"].Value))];
        model.PortFaults = [.. tracker.Tenant.Ports.Faults.Select(fault => portTexts.Of(fault).Value)];
        model.SeenAddress = HttpTracker.AddressOf(httpContextAccessor.HttpContext!, tracker.Tenant.Http.Options)?.ToString() ?? S["none"].Value;
    }
}
