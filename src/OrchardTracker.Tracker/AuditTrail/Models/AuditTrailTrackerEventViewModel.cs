using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OrchardTracker.Tracker.AuditTrail.Models;

public class AuditTrailTrackerEventViewModel
{
    [BindNever]
    public AuditTrailTrackerEvent TrackerEvent { get; set; } = new();
}
