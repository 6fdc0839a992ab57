using OrchardCore.DisplayManagement.Entities;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Settings;
using OrchardTracker.Tracker.Drivers;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Another module's part of the tracker's settings page, which does not let it be saved.</summary>
internal sealed class RefusingDriver(RefusingDriver.Manner manner) : SiteDisplayDriver<RefusingDriver.NoSettings>
{
    protected override string SettingsGroupId => TrackerSettingsDisplayDriver.GroupId;

    public override Task<IDisplayResult?> UpdateAsync(ISite site, NoSettings? settings, UpdateEditorContext context)
    {
        if (manner.IsStoringBroken)
        {
            // Before the session is committed, which it then is not.
            ShellScope.RegisterBeforeDispose(_ => throw new InvalidOperationException("The disk is full."));
        }
        else
        {
            context.Updater.ModelState.AddModelError("", "Not like this.");
        }

        return Task.FromResult<IDisplayResult?>(null);
    }

    public sealed record Manner(bool IsStoringBroken);

    public sealed class NoSettings;
}
