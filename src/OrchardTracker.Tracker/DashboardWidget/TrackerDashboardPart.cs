using OrchardCore.ContentManagement;

namespace OrchardTracker.Tracker.DashboardWidget;

/// <summary>Shows the numbers of the tracker on the dashboard of the admin. Keeps nothing.</summary>
public sealed class TrackerDashboardPart : ContentPart;
