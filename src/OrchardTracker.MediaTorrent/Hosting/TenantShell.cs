using Microsoft.AspNetCore.Http;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>
/// Runs work of the background in a scope of its own, on whatever shell the tenant has at that moment: shells come and
/// go, the work goes on.
/// </summary>
public sealed class TenantShell(IShellHost shellHost, IHttpContextAccessor httpContextAccessor, string tenant)
{
    public string Tenant => tenant;

    /// <summary>Waits while the tenant is being set up, or is disabled.</summary>
    public async Task WaitUntilRunningAsync(CancellationToken cancellationToken)
    {
        while (!shellHost.TryGetSettings(tenant, out var settings) || !settings.IsRunning())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    /// <exception cref="InvalidOperationException">The tenant is not running.</exception>
    public Task RunAsync(Func<IServiceProvider, Task> work)
    {
        // In a flow of its own: to set a context in the flow of a request would take the request's away.
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(() => RunInScopeAsync(work));
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => RunInScopeAsync(work));
        }
    }

    public async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        T? result = default;
        await RunAsync(async services => { result = await work(services); });
        return result!;
    }

    private async Task RunInScopeAsync(Func<IServiceProvider, Task> work)
    {
        if (!shellHost.TryGetSettings(tenant, out var settings) || !settings.IsRunning())
        {
            throw new InvalidOperationException($"The tenant '{tenant}' is not running.");
        }

        var scope = await shellHost.GetScopeAsync(settings);

        // Handlers of content expect one.
        httpContextAccessor.HttpContext = scope.ShellContext.CreateHttpContext();
        await scope.UsingAsync(running => work(running.ServiceProvider));
    }
}
