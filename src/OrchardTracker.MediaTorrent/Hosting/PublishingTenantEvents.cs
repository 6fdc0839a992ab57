using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Removing;
using OrchardCore.Modules;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Starts the background work with the tenant: a hosted service that a tenant registers would never start.</summary>
public sealed class PublishingTenantEvents(
    TenantPublishing publishing,
    IShellHost shellHost,
    ShellSettings shellSettings,
    IHttpContextAccessor httpContextAccessor,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : ModularTenantEvents
{
    public override Task ActivatedAsync()
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            publishing.Start(new TenantShell(shellHost, httpContextAccessor, shellSettings.Name), loggers);
            lifetime.ApplicationStopping.Register(() => _ = publishing.StopAsync());
        }

        return Task.CompletedTask;
    }

    public override Task RemovingAsync(ShellRemovingContext context) => PublishingRegistry.RemoveAsync(shellHost, shellSettings);
}
