using Microsoft.Extensions.Localization;
using OrchardCore.Workflows.Abstractions.Models;
using OrchardCore.Workflows.Activities;
using OrchardCore.Workflows.Models;

namespace OrchardTracker.Tracker.Workflows;

/// <summary>
/// A download was completed. Input: <c>InfoHash</c>, <c>Name</c> (null when nobody knows one), <c>ContentItemId</c> of the
/// site's page about it (or null), <c>UserId</c> (null in an open tracker), <c>CompletedUtc</c>. The infohash correlates.
/// </summary>
public sealed class TorrentCompletedEvent(IStringLocalizer<TorrentCompletedEvent> localizer) : EventActivity
{
    internal readonly IStringLocalizer S = localizer;

    public override string Name => nameof(TorrentCompletedEvent);

    public override LocalizedString DisplayText => S["Torrent Completed Event"];

    public override LocalizedString Category => S["BitTorrent"];

    public override IEnumerable<Outcome> GetPossibleOutcomes(WorkflowExecutionContext workflowContext, ActivityContext activityContext) =>
        Outcomes(S["Done"]);

    public override ActivityExecutionResult Resume(WorkflowExecutionContext workflowContext, ActivityContext activityContext) => Outcomes("Done");
}
