namespace OrchardTracker.Tracker.AuditTrail.Models;

/// <summary>What the audit trail keeps of an act.</summary>
public class AuditTrailTrackerEvent
{
    public string Subject { get; set; } = "";

    public string? Detail { get; set; }
}
