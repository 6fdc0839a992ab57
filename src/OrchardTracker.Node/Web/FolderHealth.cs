using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrchardTracker.Node;

/// <summary>The tracker answers without its published folder, but something is wrong with the node then.</summary>
internal sealed class FolderHealth(FolderService folder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(folder.Publisher is { IsAvailable: false } ? HealthCheckResult.Degraded("The published folder cannot be read.") : HealthCheckResult.Healthy());
}
