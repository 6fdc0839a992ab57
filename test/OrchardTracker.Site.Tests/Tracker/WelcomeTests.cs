using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrchardTracker.Interop.Tests;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Web.Hosting;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What the operator is told at the start.</summary>
public sealed class WelcomeTests
{
    [Fact]
    public async Task Should_tell_the_password_at_the_start_that_sets_the_site_up_though_an_earlier_one_was_interrupted()
    {
        var interrupted = await TestSite.StartAsync(new SiteOptions { IsSetUp = false });
        var folder = await interrupted.StopAsync();
        Assert.DoesNotContain("Running", await File.ReadAllTextAsync(Path.Combine(folder, "App_Data/tenants.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var second = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        Assert.Equal(TestSite.Password, AdministratorOf(second).Password);

        await using var third = await TestSite.StartAsync(new SiteOptions { Folder = await second.StopAsync() });
        Assert.Null(AdministratorOf(third).Password);

        static SiteAdministrator AdministratorOf(TestSite site) => site.HostServices.GetRequiredService<SiteAdministrator>();
    }

    [Fact]
    public async Task Should_not_end_the_site_when_it_does_not_answer_itself()
    {
        await using var site = await TestSite.StartAsync();
        using var server = new DeafServer($"http://127.0.0.1:{FreePort.Next()}");
        using var welcome = new Welcome(
            server, site.Shells, site.HostServices.GetRequiredService<SiteAdministrator>(), site.HostServices.GetRequiredService<IHostApplicationLifetime>());

        await welcome.StartAsync(TestContext.Current.CancellationToken);

        await welcome.ExecuteTask!;
    }

    [Fact]
    public async Task Should_ask_no_proxy_for_itself()
    {
        var site = await TestSite.StartAsync();
        var folder = await site.StopAsync();
        var nowhere = $"http://127.0.0.1:{FreePort.Next()}";
        var start = new ProcessStartInfo(
            Tool.Require("dotnet", "dotnet-sdk-10.0").Path,
            [Path.Combine(AppContext.BaseDirectory, "OrchardTracker.Web.dll"), $"--contentRoot={folder}", $"--Urls=http://127.0.0.1:{FreePort.Next()}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["http_proxy"] = nowhere;
        start.Environment.Remove("no_proxy");
        start.Environment.Remove("NO_PROXY");
        using var process = Process.Start(start)!;
        try
        {
            List<string> told = [];
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Stop with Ctrl+C", StringComparison.Ordinal))
            {
                told.Add(line);
            }

            Assert.Contains(told, line => line.Contains("Announce URL", StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }
}
