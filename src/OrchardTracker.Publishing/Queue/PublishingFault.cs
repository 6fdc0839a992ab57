using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>What an exception means for a job.</summary>
internal static class PublishingFault
{
    public static (PublishingState State, MetainfoMessage Reason, bool IsTransient) Describe(Exception error) => error switch
    {
        PublishingException known => (PublishingState.Failed, known.Reason, known.IsTransient),
        TorrentCreationException known => (PublishingState.Failed, known.Reason, false),
        MetainfoException known => (PublishingState.Failed, known.Reason, false),
        SourceChangedException changed => (PublishingState.Cancelled, new("'{0}' changed while it was being read.", changed.Path), false),
        FileNotFoundException or DirectoryNotFoundException => (PublishingState.Cancelled, new("A file is no longer there."), false),
        UnauthorizedAccessException => (PublishingState.Failed, new("It may not be read: {0}", error.Message), false),
        IOException or HttpRequestException => (PublishingState.Failed, new("It could not be read: {0}", error.Message), true),

        // The queue's own cancellation does not come here: somebody's patience with a store has ended.
        TimeoutException or OperationCanceledException => (PublishingState.Failed, new("The storage did not answer in time."), true),

        // Stores have exceptions of their own around what happened to them.
        { InnerException: { } inner } when Describe(inner) is { IsTransient: true } described => described,
        _ => (PublishingState.Failed, new("An unexpected error; the log has the details."), false),
    };
}
