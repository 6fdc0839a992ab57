using System.Text.Json;
using Microsoft.Playwright;
using OrchardTracker.Interop.Tests.JavaScript;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>axe-core, which finds what keeps people from using a page; from npm, once for the whole run.</summary>
internal static class AxeCore
{
    private const string Package = "axe-core@4.14.1";

    private static readonly Lazy<Task<(string Script, string Fault)>> Shared = new(InstallAsync);

    /// <summary>Skips the test by name where axe-core cannot be had.</summary>
    public static async Task RequireAsync()
    {
        var (_, fault) = await Shared.Value;
        Assert.SkipWhen(fault.Length > 0, $"{Package} could not be installed: {fault}");
    }

    /// <summary>What is serious or critical on a page of ours, one line each.</summary>
    public static async Task<IEnumerable<string>> AuditAsync(this IPage page, string path)
    {
        var response = await page.GotoAsync(path);
        Assert.True(response!.Ok, $"{path} answers {response.Status}.");
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = (await Shared.Value).Script });

        // What the theme puts around our pages is the theme's: in the admin the menu, on the site the bar at the top. And
        // Orchard Core makes the tabs of settings pages.
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
                const own = document.querySelector('.ta-content') ?? document.querySelector('main') ?? document.body;
                const report = await axe.run({ include: own, exclude: '.nav-tabs[role=tablist]' }, { resultTypes: ['violations'] });
                return report.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => `${v.id}: ${v.nodes.map(n => n.html + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
            }
            """);
        return found.EnumerateArray().Select(finding => $"{path}: {finding.GetString()}");
    }

    private static async Task<(string Script, string Fault)> InstallAsync()
    {
        var folder = Directory.CreateTempSubdirectory("orchardtracker-axe-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var fault = await Npm.InstallAsync(Package, folder);
        return (Path.Combine(folder, "node_modules", "axe-core", "axe.min.js"), fault);
    }
}
