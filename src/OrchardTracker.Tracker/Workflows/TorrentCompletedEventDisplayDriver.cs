using OrchardCore.Workflows.Display;

namespace OrchardTracker.Tracker.Workflows;

internal sealed class TorrentCompletedEventDisplayDriver : ActivityDisplayDriver<TorrentCompletedEvent>;
