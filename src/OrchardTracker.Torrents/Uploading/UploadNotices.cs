using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Tells an uploader what became of his torrents.</summary>
public sealed class UploadNotices(INotifier notifier, IHtmlLocalizer<UploadNotices> H)
{
    public async Task ShowAsync(UploadOutcome outcome)
    {
        if (outcome.Published.Count > 0)
        {
            await notifier.SuccessAsync(H.Plural(outcome.Published.Count, "A torrent has been published.", "{0} torrents have been published."));
        }

        if (outcome.Waiting.Count > 0)
        {
            await notifier.InformationAsync(H.Plural(outcome.Waiting.Count, "A torrent waits for a moderator.", "{0} torrents wait for a moderator."));
        }

        if (outcome.Merged > 0)
        {
            await notifier.SuccessAsync(H.Plural(outcome.Merged, "A tracker or web seed has been added.", "{0} trackers and web seeds have been added."));
        }

        if (outcome is { Published.Count: 0, Waiting.Count: 0, Merged: 0 })
        {
            await notifier.WarningAsync(H["Nothing has been saved."]);
        }
    }
}
