using System.Diagnostics;
using System.Net;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Packages;

/// <summary>
/// What a site builder does: takes a fresh Orchard Core site, adds our packages, enables the modules. The packages are made
/// here by <c>dotnet pack</c> and come from a folder. Alone, because eight packs and a build leave nothing to others.
/// </summary>
[Collection(nameof(PackagedModulesTests))]
[CollectionDefinition(nameof(PackagedModulesTests), DisableParallelization = true)]
public sealed class PackagedModulesTests : IDisposable
{
    private static readonly string[] Projects =
    [
        "BitTorrent", "Swarms", "Frontends", "Publishing", "Abstractions", "Tracker", "Torrents", "MediaTorrent",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-fresh-").FullName;

    // A version of its own: a package of the same name and version in the cache of this machine would be taken instead.
    private readonly string _version = $"0.0.1-test{Guid.NewGuid():N}";

    [Fact]
    public async Task Should_run_in_a_fresh_site_that_knows_only_our_packages()
    {
        foreach (var project in Projects)
        {
            await DotnetAsync(Repository, "pack", $"src/OrchardTracker.{project}", "-o", Path.Combine(_folder, "feed"), $"-p:Version={_version}", "-v", "q", "--nologo");
        }

        var site = WriteSite();
        await DotnetAsync(site, "build", "-v", "q", "--nologo", "-o", Path.Combine(_folder, "app"));
        var port = FreePort.Next();
        using var process = Start(site, Path.Combine(_folder, "app", "Fresh.dll"), "--Urls", $"http://127.0.0.1:{port}");
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(2) };
            await WaitForAsync(client, process);
            var hash = Announcer.NewHash();

            await client.AnnounceAsync(hash, 1001, left: 0);

            Assert.Equal((1, 1), await client.AnnounceAsync(hash, 1002));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("torrents")).StatusCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            await output;
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var project in Projects)
        {
            var cached = Path.Combine(cache, $"orchardtracker.{project.ToLowerInvariant()}", _version);
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }
    }

    private static string Repository
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "OrchardTracker.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run below the repository.");
            }

            return folder;
        }
    }

    private string WriteSite()
    {
        var site = Path.Combine(_folder, "site");
        Directory.CreateDirectory(Path.Combine(site, "wwwroot"));
        Directory.CreateDirectory(Path.Combine(site, "Recipes"));
        File.WriteAllText(Path.Combine(site, "Fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{Path.Combine(_folder, "feed")}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OrchardCore.Application.Cms.Targets" Version="3.0.1" />
                <PackageReference Include="OrchardTracker.Tracker" Version="{_version}" />
                <PackageReference Include="OrchardTracker.Torrents" Version="{_version}" />
                <PackageReference Include="OrchardTracker.MediaTorrent" Version="{_version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(site, "Program.cs"), """
            System.Globalization.CultureInfo.DefaultThreadCurrentCulture = System.Globalization.CultureInfo.CurrentCulture = new("en-US");
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddOrchardCms().AddSetupFeatures("OrchardCore.AutoSetup");
            var app = builder.Build();
            app.UseStaticFiles();
            app.UseOrchardCore();
            app.Run();
            """);
        File.WriteAllText(Path.Combine(site, "Recipes", "fresh.recipe.json"), """
            {
              "name": "Fresh", "displayName": "Fresh", "version": "1.0.0", "issetuprecipe": true,
              "steps": [
                { "name": "feature", "enable": [ "OrchardCore.Admin", "OrchardCore.Contents", "OrchardCore.ContentTypes", "OrchardCore.Features", "OrchardCore.Media", "OrchardCore.Navigation", "OrchardCore.Resources", "OrchardCore.Roles", "OrchardCore.Settings", "OrchardCore.Themes", "OrchardCore.Title", "OrchardCore.Users", "TheTheme", "TheAdmin", "OrchardTracker.Tracker", "OrchardTracker.Torrents", "OrchardTracker.MediaTorrent" ] },
                { "name": "themes", "admin": "TheAdmin", "site": "TheTheme" }
              ]
            }
            """);
        File.WriteAllText(Path.Combine(site, "appsettings.json"), """
            {
              "OrchardCore": { "OrchardCore_AutoSetup": { "AutoSetupPath": "", "Tenants": [ {
                "ShellName": "Default", "SiteName": "Fresh", "SiteTimeZone": "Etc/UTC", "AdminUsername": "admin", "AdminEmail": "admin@example.org",
                "AdminPassword": "Fresh-Test-1!", "DatabaseProvider": "Sqlite", "DatabaseConnectionString": "", "DatabaseTablePrefix": "", "RecipeName": "Fresh" } ] } }
            }
            """);
        return site;
    }

    private static async Task WaitForAsync(HttpClient client, Process process)
    {
        for (var attempt = 0; attempt < 240; attempt++)
        {
            Assert.False(process.HasExited, "The site has ended by itself.");
            try
            {
                // The first request sets the site up; then there is a tracker.
                await client.GetAsync("");
                if ((await client.GetAsync("scrape")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
            }

            await Task.Delay(500);
        }

        Assert.Fail("The site does not answer.");
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{await output}");
    }

    private static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // A build within a test run must not inherit what the run has set for itself.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
