using OrchardCore.Environment.Shell;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>The way from a tracker, which lives on, to the shell that its tenant has at the moment.</summary>
internal sealed class TenantShell(IShellHost shellHost, string name, string tenantId)
{
    public string Name => name;

    /// <summary>False for a tenant that is disabled, removed, being set up, or replaced by another one of its name.</summary>
    public bool IsRunning => shellHost.TryGetSettings(name, out var settings) && settings.IsRunning() && settings.TenantId == tenantId;

    /// <summary>True for a tenant that is no more, or was replaced by another one of its name.</summary>
    public bool IsGone => !shellHost.TryGetSettings(name, out var settings) || settings.TenantId != tenantId;

    /// <summary>False when the shell was released and no request has built it anew.</summary>
    public bool IsBuilt => shellHost.TryGetShellContext(name, out var context) && context is { IsActivated: true, Released: false };

    /// <summary>Works in a scope of the tenant, which is open only as long as the work takes.</summary>
    /// <returns>False when the tenant does not run.</returns>
    public async Task<bool> TryUseAsync(Func<IServiceProvider, Task> work)
    {
        if (!shellHost.TryGetSettings(name, out var settings) || !settings.IsRunning() || settings.TenantId != tenantId)
        {
            return false;
        }

        var scope = await shellHost.GetScopeAsync(settings);
        await scope.UsingAsync(inScope => work(inScope.ServiceProvider));
        return true;
    }
}
