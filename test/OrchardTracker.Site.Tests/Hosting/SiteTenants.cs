using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Setup.Services;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>More tenants in a site.</summary>
public static class SiteTenants
{
    /// <summary>Makes a tenant below a prefix, set up by our recipe, with an administrator as the site's own.</summary>
    public static async Task AddTenantAsync(this TestSite site, string name, string prefix)
    {
        await site.EnableFeaturesAsync("OrchardCore.Tenants");
        var manager = site.HostServices.GetRequiredService<IShellSettingsManager>();
        var settings = manager.CreateDefaultSettings();
        settings.Name = name;
        settings.RequestUrlPrefix = prefix;
        settings.State = TenantState.Uninitialized;
        settings["RecipeName"] = "OrchardTracker";
        settings["DatabaseProvider"] = "Sqlite";
        await site.Shells.UpdateShellSettingsAsync(settings);
        await site.InTenantAsync(async services =>
        {
            var setup = services.GetRequiredService<ISetupService>();
            var recipes = await setup.GetSetupRecipesAsync();
            var context = new SetupContext
            {
                ShellSettings = settings,
                Recipe = recipes.Single(recipe => recipe.Name == "OrchardTracker"),
                Errors = new Dictionary<string, string>(),
                EnabledFeatures = null,
                Properties = new Dictionary<string, object>
                {
                    [SetupConstants.SiteName] = name,
                    [SetupConstants.AdminUsername] = TestSite.AdminName,
                    [SetupConstants.AdminEmail] = "admin@example.org",
                    [SetupConstants.AdminPassword] = TestSite.Password,
                    [SetupConstants.SiteTimeZone] = "Etc/UTC",
                    [SetupConstants.DatabaseProvider] = "Sqlite",
                    [SetupConstants.DatabaseConnectionString] = "",
                    [SetupConstants.DatabaseTablePrefix] = "",
                    [SetupConstants.DatabaseSchema] = "",
                },
            };
            await setup.SetupAsync(context);
            Assert.Empty(context.Errors);
        });
    }

    /// <summary>Switches features on, with what they need; those that are on stay on.</summary>
    public static Task EnableFeaturesAsync(this TestSite site, params string[] ids) => site.InTenantAsync(async services =>
    {
        var features = services.GetRequiredService<IShellFeaturesManager>();
        var enabled = (await features.GetEnabledFeaturesAsync()).Select(feature => feature.Id).ToHashSet();
        var missing = ids.Where(id => !enabled.Contains(id)).ToList();
        if (missing.Count > 0)
        {
            var available = (await features.GetAvailableFeaturesAsync()).ToDictionary(feature => feature.Id);
            await features.EnableFeaturesAsync(missing.Select(id => available[id]), force: true);
        }
    });
}
