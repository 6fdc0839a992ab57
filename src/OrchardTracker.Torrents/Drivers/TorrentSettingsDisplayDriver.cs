using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Entities;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Settings;
using OrchardTracker.Torrents.TextSearch;
using OrchardTracker.Torrents.ViewModels;

namespace OrchardTracker.Torrents.Drivers;

/// <summary>The settings page.</summary>
public sealed class TorrentSettingsDisplayDriver(
    IAuthorizationService authorization,
    IHttpContextAccessor httpContextAccessor,
    ITextIndex index,
    IStringLocalizer<TorrentSettingsDisplayDriver> S) : SiteDisplayDriver<TorrentSettings>
{
    public const string GroupId = "torrents";

    protected override string SettingsGroupId => GroupId;

    public override async Task<IDisplayResult?> EditAsync(ISite site, TorrentSettings settings, BuildEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        return Initialize<TorrentSettingsViewModel>("TorrentSettings_Edit", async model =>
        {
            model.ForeignTrackers = settings.ForeignTrackers;
            model.PrivateFlag = settings.PrivateFlag;
            model.MaxKiB = settings.MaxKiB;
            model.MaxFiles = settings.MaxFiles;
            model.MaxAtOnce = settings.MaxAtOnce;
            model.ModeratesAll = settings.ModeratesAll;
            model.AsksForeignTrackers = settings.AsksForeignTrackers;
            model.ForeignMinutes = settings.ForeignMinutes;
            model.SearchIndex = settings.SearchIndex;
            model.SearchIndexes = await ListIndexesAsync(settings.SearchIndex);
        }).Location("Content:5").OnGroup(GroupId);
    }

    public override async Task<IDisplayResult?> UpdateAsync(ISite site, TorrentSettings settings, UpdateEditorContext context)
    {
        if (!await IsPermittedAsync())
        {
            return null;
        }

        var model = new TorrentSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        if (model.SearchIndex is { Length: > 0 } name && !(await index.ListAsync()).Contains(name))
        {
            context.Updater.ModelState.AddModelError(Prefix, nameof(model.SearchIndex), S["There is no index '{0}' that contains torrents.", name]);
        }

        if (context.Updater.ModelState.IsValid)
        {
            settings.ForeignTrackers = model.ForeignTrackers;
            settings.PrivateFlag = model.PrivateFlag;
            settings.MaxKiB = model.MaxKiB;
            settings.MaxFiles = model.MaxFiles;
            settings.MaxAtOnce = model.MaxAtOnce;
            settings.ModeratesAll = model.ModeratesAll;
            settings.AsksForeignTrackers = model.AsksForeignTrackers;
            settings.ForeignMinutes = model.ForeignMinutes;
            settings.SearchIndex = model.SearchIndex;
        }

        return await EditAsync(site, settings, context);
    }

    private async Task<IReadOnlyList<SelectListItem>> ListIndexesAsync(string? chosen)
    {
        var items = (await index.ListAsync()).Select(name => new SelectListItem(name, name)).ToList();
        if (chosen is { Length: > 0 } && !items.Exists(item => item.Value == chosen))
        {
            items.Add(new SelectListItem(S["{0} (not there any more)", chosen], chosen));
        }

        return items;
    }

    private Task<bool> IsPermittedAsync() =>
        authorization.AuthorizeAsync(httpContextAccessor.HttpContext!.User, TorrentPermissions.ManageTorrentSettings);
}
