using OrchardCore.ContentManagement;

namespace OrchardTracker.MediaTorrent.DashboardWidget;

/// <summary>Shows on the dashboard of the admin what the swarms gave themselves. Keeps nothing.</summary>
public sealed class MediaTorrentsDashboardPart : ContentPart;
