using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>Why something cannot become a torrent, in words for the person who wants it to.</summary>
/// <param name="isTransient">Whether it may work later without anybody's doing.</param>
public sealed class PublishingException(MetainfoMessage reason, bool isTransient = false, Exception? innerException = null)
    : Exception(reason.ToString(), innerException)
{
    /// <summary>The same message, ready to be translated.</summary>
    public MetainfoMessage Reason { get; } = reason;

    public bool IsTransient { get; } = isTransient;
}
