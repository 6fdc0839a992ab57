using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.HealthChecks;

/// <summary>Whether announces are answered, accounts written and ports open.</summary>
internal sealed class TrackerHealthCheck(SiteTracker tracker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var tenant = tracker.Tenant;
        return Task.FromResult(
            !tenant.IsActive ? HealthCheckResult.Unhealthy("The BitTorrent tracker answers no announces.")
            : tenant.AccountsFail ? HealthCheckResult.Degraded("The accounts of the tracker's users cannot be written; they wait in memory.")
            : tenant.Ports.Faults is [var fault, ..] ? HealthCheckResult.Degraded($"{fault.Kind} port {fault.Port} of the BitTorrent tracker is not open: {fault.Detail}")
            : HealthCheckResult.Healthy($"{tenant.Totals.Get().Peers} peers"));
    }
}
