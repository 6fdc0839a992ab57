namespace OrchardTracker.BitTorrent;

/// <summary>Bytes that are not a torrent one could offer. The message is meant for the person who brought them.</summary>
public sealed class MetainfoException : FormatException
{
    public MetainfoException(MetainfoMessage reason, Exception? innerException = null)
        : base(reason.ToString(), innerException)
    {
        Reason = reason;
    }

    internal MetainfoException(string template, params object[] arguments)
        : this(new MetainfoMessage(template, arguments))
    {
    }

    /// <summary>The same message, ready to be translated.</summary>
    public MetainfoMessage Reason { get; }
}
