using System.Text.Json.Nodes;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Localization;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>
/// The recipe step <c>TorrentFiles</c>: takes .torrent files that lie beside the recipe, named in <c>Files</c>. The content
/// items that show them come by the step <c>Content</c>, before or after.
/// </summary>
public sealed class TorrentFilesStep(ITorrentStore store, TorrentRecords records, IStringLocalizer<TorrentFilesStep> S) : NamedRecipeStepHandler(Id)
{
    public const string Id = "TorrentFiles";

    /// <summary>What the other site may have let in at most.</summary>
    private static readonly MetainfoLimits Limits = new() { MaxBytes = TorrentSettings.MostKiB << 10, MaxFiles = TorrentSettings.MostFilesEver };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        foreach (var path in (context.Step["Files"] as JsonArray ?? []).Select(file => file?.GetValue<string>()).OfType<string>())
        {
            var file = context.RecipeDescriptor.FileProvider.GetRelativeFileInfo(context.RecipeDescriptor.BasePath, path);
            if (!file.Exists || file.Length > Limits.MaxBytes)
            {
                context.Errors.Add(S["There is no .torrent file '{0}', or it is too large.", path]);
                continue;
            }

            var bytes = new byte[file.Length];
            await using (var stream = file.CreateReadStream())
            {
                await stream.ReadExactlyAsync(bytes);
            }

            if (!Metainfo.TryParse(bytes, out var metainfo, out var reason, Limits))
            {
                context.Errors.Add(S["'{0}' is not a torrent: {1}", path, S[reason.Template, [.. reason.Arguments]].Value]);
                continue;
            }

            await store.SaveAsync(metainfo, TorrentFeatures.Torrents);
            await records.SetFileWordsAsync(metainfo);
        }
    }
}
