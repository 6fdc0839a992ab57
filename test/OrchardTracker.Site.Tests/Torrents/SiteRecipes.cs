using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Runs recipes on a site.</summary>
internal static class SiteRecipes
{
    /// <param name="steps">JSON objects, parted by commas.</param>
    public static async Task RunRecipeAsync(this TestSite site, string steps)
    {
        var file = new FileInfo(Path.Combine(site.Folder, $"{Guid.NewGuid():N}.recipe.json"));
        await File.WriteAllTextAsync(file.FullName, $$"""{ "name": "Test", "steps": [ {{steps}} ] }""");
        await site.InTenantAsync(async services =>
        {
            using var folder = new PhysicalFileProvider(site.Folder);
            var descriptor = new RecipeDescriptor
            {
                Name = "Test",
                BasePath = "",
                FileProvider = folder,
                RecipeFileInfo = new PhysicalFileInfo(file),
            };
            await services.GetRequiredService<IRecipeExecutor>().ExecuteAsync(Guid.NewGuid().ToString("N"), descriptor, new Dictionary<string, object>(), CancellationToken.None);
        });
        site.Shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);
        await site.Shells.ReleaseShellContextAsync(settings);
    }
}
