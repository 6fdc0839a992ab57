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
        IOException => (PublishingState.Failed, new("It could not be read: {0}", error.Message), true),
        _ => (PublishingState.Failed, new("An unexpected error; the log has the details."), false),
    };
}
