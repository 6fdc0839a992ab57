using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace OrchardTracker.Web.Hosting;

/// <summary>
/// Warms the tenants up once the server listens, so that the first announce need not wait for a tenant to be activated,
/// and tells the operator what he has. Setting up the site takes some seconds: it says so.
/// </summary>
internal sealed class Welcome(
    IServer server, IShellHost shellHost, SiteAdministrator administrator, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await TellAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(Reachable).ToList();
        await shellHost.InitializeAsync();
        if (!shellHost.TryGetSettings(ShellSettings.DefaultShellName, out var settings) || settings.State != TenantState.Running)
        {
            Console.WriteLine("Setting the site up. This takes some seconds, once.");
        }

        var isVisited = await TryVisitAsync(addresses[0], stoppingToken);
        await WarmUpAsync();
        if (isVisited && (!shellHost.TryGetSettings(ShellSettings.DefaultShellName, out settings) || settings.State != TenantState.Running))
        {
            await Console.Error.WriteLineAsync("The site could not be set up; see the log below App_Data/logs. Remove App_Data to begin anew.");
            return;
        }

        Console.WriteLine();
        Console.WriteLine($"  The site           {string.Join("  ", addresses)}");
        Console.WriteLine($"  Announce URL       {addresses[0]}announce");
        Console.WriteLine($"  Administration     {addresses[0]}Admin");
        Console.WriteLine($"  Administrator      {administrator.Name}{Password()}");
        Console.WriteLine();
        Console.WriteLine("  Stop with Ctrl+C. What the site knows is in App_Data and stays between runs.");
        Console.WriteLine();
    }

    /// <summary>A request of its own does what the first visitor's would: it sets up, activates, compiles.</summary>
    private static async Task<bool> TryVisitAsync(string address, CancellationToken stoppingToken)
    {
        // To this very process: whatever proxy the environment names has no part in it.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
        {
            Timeout = TimeSpan.FromMinutes(5),
        };
        try
        {
            using var home = await client.GetAsync(address, stoppingToken);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"The site does not answer itself at {address} ({error.Message}); what is left to do at the start is done when the first visitor comes.");
            return false;
        }
    }

    private string Password() => administrator switch
    {
        { Password: null } => ", with the password told at the first start",
        { IsChosen: true } => ", with the password that you have set",
        { Password: { } password } => $", password {password}   (told only now: write it down)",
    };

    private async Task WarmUpAsync()
    {
        foreach (var settings in shellHost.GetAllSettings().Where(settings => settings.State == TenantState.Running))
        {
            var scope = await shellHost.GetScopeAsync(settings);
            await scope.UsingAsync(_ => Task.CompletedTask);
        }
    }

    /// <summary>A server that listens everywhere is reached on this machine by a name, not by a wildcard.</summary>
    private static string Reachable(string address)
    {
        var uri = new Uri(address.Replace("://*", "://localhost").Replace("://+", "://localhost").Replace("://[::]", "://localhost").Replace("://0.0.0.0", "://localhost"));
        return uri.ToString();
    }
}
