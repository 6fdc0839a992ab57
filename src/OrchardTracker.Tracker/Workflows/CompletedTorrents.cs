using OrchardCore.Workflows.Services;
using OrchardTracker.Tracker.Completions;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Workflows;

/// <summary>Starts the workflows that wait for completed downloads.</summary>
internal sealed class CompletedTorrents(IWorkflowManager workflowManager, TorrentNames names, TrackerUsers users) : ICompletionHandler
{
    public async Task HandleAsync(IReadOnlyList<Completion> completions)
    {
        var known = await names.FindAsync(completions.Select(completion => completion.Torrent));
        foreach (var completion in completions)
        {
            var name = known.GetValueOrDefault(completion.Torrent);
            var infoHash = completion.Torrent.ToString();
            await workflowManager.TriggerEventAsync(
                nameof(TorrentCompletedEvent),
                new Dictionary<string, object>
                {
                    ["InfoHash"] = infoHash,
                    ["Name"] = name?.Text!,
                    ["ContentItemId"] = name?.ContentItemId!,
                    ["UserId"] = (completion.User == 0 ? null : await users.FindUserIdAsync(completion.User))!,
                    ["CompletedUtc"] = completion.At.UtcDateTime,
                },
                infoHash);
        }
    }
}
