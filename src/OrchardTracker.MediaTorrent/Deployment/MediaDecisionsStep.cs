using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardTracker.MediaTorrent.Services;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Deployment;

/// <summary>
/// The recipe step <c>MediaTorrentDecisions</c>: what an editor has decided about single files and folders of the media
/// library, each in <c>Files</c> with its <c>Path</c> and any of <see cref="MediaOverride"/>. It comes after the files.
/// </summary>
public sealed class MediaDecisionsStep(MediaTorrentActions actions, IStringLocalizer<MediaDecisionsStep> S) : NamedRecipeStepHandler(Id)
{
    public const string Id = "MediaTorrentDecisions";

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var file in (context.Step["Files"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (path, decided) = MediaDecisionJson.Read(file);
            if (path.Length == 0 || !await actions.TakeOverAsync(path, decided))
            {
                context.Errors.Add(S["What was decided about '{0}' is not in force: there is no such file in the media library, or others are changing its torrents. Run this again.", path]);
            }
        }
    }
}
