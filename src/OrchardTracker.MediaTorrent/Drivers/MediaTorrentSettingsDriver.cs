using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Entities;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Settings;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;

namespace OrchardTracker.MediaTorrent.Drivers;

/// <summary>The settings page. What is saved is in force at once, without a release of the shell.</summary>
public sealed class MediaTorrentSettingsDriver(
    IHttpContextAccessor httpContextAccessor,
    IAuthorizationService authorization,
    TenantPublishing publishing,
    IStringLocalizer<MediaTorrentSettingsDriver> S) : SiteDisplayDriver<MediaTorrentSettings>
{
    public const string GroupId = "mediatorrents";

    private const int MostKiB = 1 << 30;

    protected override string SettingsGroupId => GroupId;

    public override async Task<IDisplayResult?> EditAsync(ISite site, MediaTorrentSettings? settings, BuildEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        settings ??= new MediaTorrentSettings();
        return Combine(
            Tab("MediaTorrentSettingsFiles_Edit", S["Files"], "1"),
            Tab("MediaTorrentSettingsRules_Edit", S["Rules"], "2"),
            Tab("MediaTorrentSettingsWebSeed_Edit", S["Web seed"], "3"),
            Tab("MediaTorrentSettingsSeeder_Edit", S["Seeder"], "4"));

        IDisplayResult Tab(string shape, LocalizedString name, string position) =>
            Initialize<MediaTorrentSettingsViewModel>(shape, model => Fill(model, settings))
                .Location(location => location.Zone("Content", position).Tab(name.Value, position))
                .OnGroup(GroupId);
    }

    public override async Task<IDisplayResult?> UpdateAsync(ISite site, MediaTorrentSettings? settings, UpdateEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        settings ??= new MediaTorrentSettings();
        var model = new MediaTorrentSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        Check(model, context);
        model.CopyTo(settings);
        if (context.Updater.ModelState.IsValid)
        {
            ShellScope.AddDeferredTask(_ =>
            {
                publishing.Report(new MediaChange(MediaChangeKind.Sweep, ""));
                return Task.CompletedTask;
            });
        }

        return await EditAsync(site, settings, context);
    }

    private Task<bool> IsPermittedAsync() =>
        authorization.AuthorizeAsync(httpContextAccessor.HttpContext?.User, MediaTorrentPermissions.ManageMediaTorrentSettings);

    private static void Fill(MediaTorrentSettingsViewModel model, MediaTorrentSettings settings)
    {
        model.Fill(settings);

        // The last one is empty: to add a rule needs no script.
        var added = new RuleViewModel { Position = settings.Rules.Count + 1 };
        added.Choices.Fill(settings.Choices);
        model.Rules.Add(added);
    }

    private void Check(MediaTorrentSettingsViewModel model, UpdateEditorContext context)
    {
        Range(nameof(model.SeederPort), model.SeederPort, 0, ushort.MaxValue);
        Range(nameof(model.SeederConnections), model.SeederConnections, 1, 100_000);
        Range(nameof(model.SeederSlots), model.SeederSlots, 1, 10_000);
        Range(nameof(model.SeederStepsBackAt), model.SeederStepsBackAt, 0, 100_000);
        Range(nameof(model.SeederKiB), model.SeederKiB, 0, MostKiB);
        Range(nameof(model.SeederKiBPerPeer), model.SeederKiBPerPeer, 0, MostKiB);
        Range(nameof(model.WebSeedKiB), model.WebSeedKiB, 0, MostKiB);
        Range(nameof(model.WebSeedKiBPerTorrent), model.WebSeedKiBPerTorrent, 0, MostKiB);
        Range(nameof(model.WebSeedDays), model.WebSeedDays, 1, 3_650);
        Range(nameof(model.StagingMiB), model.StagingMiB, 0, MostKiB);
        for (var i = 0; i < model.Rules.Count; i++)
        {
            if (model.Rules[i] is { IsOn: true } rule)
            {
                Check(rule, $"{nameof(model.Rules)}[{i}]");
            }
        }

        void Check(RuleViewModel rule, string name)
        {
            if (rule.Choices.Scope == MediaScope.Folder && MediaPaths.Normalize(rule.Folder).Length == 0)
            {
                Add($"{name}.{nameof(rule.Folder)}", S["Name a folder: the whole library is not made one torrent."]);
            }

            if (rule.MinMiB < 0 || rule.MaxMiB < (rule.MinMiB ?? 0) || rule.MinMiB > MostKiB || rule.MaxMiB > MostKiB)
            {
                Add($"{name}.{nameof(rule.MaxMiB)}", S["No file is of that size."]);
            }
        }

        void Range(string name, long value, long least, long most)
        {
            if (value < least || value > most)
            {
                Add(name, S["Enter a whole number from {0} to {1}.", least, most]);
            }
        }

        void Add(string name, LocalizedString message)
        {
            // A number that could not even be read has its own message already.
            var key = $"{Prefix}.{name}";
            if (context.Updater.ModelState[key] is not { Errors.Count: > 0 })
            {
                context.Updater.ModelState.AddModelError(key, message.Value);
            }
        }
    }
}
