namespace OrchardTracker.BitTorrent;

/// <summary>A torrent cannot be made of these files with these options. The message is meant for the person who wants it.</summary>
public sealed class TorrentCreationException : Exception
{
    internal TorrentCreationException(MetainfoMessage reason, Exception? innerException = null)
        : base(reason.ToString(), innerException)
    {
        Reason = reason;
    }

    internal TorrentCreationException(string template, params object[] arguments)
        : this(new MetainfoMessage(template, arguments))
    {
    }

    /// <summary>The same message, ready to be translated.</summary>
    public MetainfoMessage Reason { get; }
}
