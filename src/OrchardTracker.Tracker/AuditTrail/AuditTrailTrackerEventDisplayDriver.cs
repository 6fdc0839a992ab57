using OrchardCore;
using OrchardCore.AuditTrail.Drivers;
using OrchardCore.AuditTrail.Models;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardTracker.Tracker.AuditTrail.Models;

namespace OrchardTracker.Tracker.AuditTrail;

internal sealed class AuditTrailTrackerEventDisplayDriver : AuditTrailEventSectionDisplayDriver<AuditTrailTrackerEvent>
{
    public override IDisplayResult Display(AuditTrailEvent auditTrailEvent, AuditTrailTrackerEvent trackerEvent, BuildDisplayContext context) =>
        Combine(
            Initialize<AuditTrailTrackerEventViewModel>("AuditTrailTrackerEvent_SummaryAdmin", model => model.TrackerEvent = trackerEvent)
                .Location(OrchardCoreConstants.DisplayType.SummaryAdmin, "EventData:10"),
            Initialize<AuditTrailTrackerEventViewModel>("AuditTrailTrackerEventDetail_DetailAdmin", model => model.TrackerEvent = trackerEvent)
                .Location(OrchardCoreConstants.DisplayType.DetailAdmin, "Content:10"));
}
