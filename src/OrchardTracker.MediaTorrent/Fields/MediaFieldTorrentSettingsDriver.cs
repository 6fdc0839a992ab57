using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentTypes.Editors;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Media.Fields;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Hosting;

namespace OrchardTracker.MediaTorrent.Fields;

/// <summary>The option of media fields, in the editor of content definitions.</summary>
public sealed class MediaFieldTorrentSettingsDriver : ContentPartFieldDefinitionDisplayDriver<MediaField>
{
    public override IDisplayResult Edit(ContentPartFieldDefinition partFieldDefinition, BuildEditorContext context) =>
        Initialize<MediaFieldTorrentSettingsViewModel>("MediaFieldTorrentSettings_Edit", model =>
            model.OfferAsTorrent = partFieldDefinition.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent)
            .Location("Content:10");

    public override async Task<IDisplayResult> UpdateAsync(ContentPartFieldDefinition partFieldDefinition, UpdatePartFieldEditorContext context)
    {
        var model = new MediaFieldTorrentSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(model, Prefix);
        if (model.OfferAsTorrent != partFieldDefinition.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent)
        {
            // Finds out whose the files are now, when the change is committed.
            ShellScope.AddDeferredTask(scope =>
            {
                scope.ServiceProvider.GetRequiredService<TenantPublishing>().Report(new MediaChange(MediaChangeKind.Sweep, ""));
                return Task.CompletedTask;
            });
        }

        context.Builder.WithSettings(new MediaFieldTorrentSettings { OfferAsTorrent = model.OfferAsTorrent });
        return Edit(partFieldDefinition, context);
    }
}
