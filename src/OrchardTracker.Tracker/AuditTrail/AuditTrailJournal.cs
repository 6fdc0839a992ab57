using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrchardCore.AuditTrail.Services;
using OrchardCore.AuditTrail.Services.Models;
using OrchardTracker.Tracker.AuditTrail.Models;
using OrchardTracker.Tracker.Journal;

namespace OrchardTracker.Tracker.AuditTrail;

/// <summary>Writes acts into the audit trail, under the name of who has sent the request.</summary>
internal sealed class AuditTrailJournal(IAuditTrailManager manager, IHttpContextAccessor httpContextAccessor) : ITrackerJournal
{
    public Task RecordAsync(TrackerAct act, string subject, string? detail)
    {
        var user = httpContextAccessor.HttpContext?.User;
        return manager.RecordEventAsync(new AuditTrailContext<AuditTrailTrackerEvent>(
            act.ToString(),
            AuditTrailConfiguration.Category,
            AuditTrailConfiguration.Category,
            user?.FindFirstValue(ClaimTypes.NameIdentifier),
            user?.Identity?.Name,
            new AuditTrailTrackerEvent { Subject = subject, Detail = detail }));
    }
}
