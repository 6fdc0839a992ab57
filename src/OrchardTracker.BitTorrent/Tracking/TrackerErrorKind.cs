namespace OrchardTracker.BitTorrent;

/// <summary>Why a tracker gave no answer that can be used.</summary>
public enum TrackerErrorKind
{
    /// <summary>The tracker answered that it will not: a <c>failure reason</c>, or an error packet.</summary>
    Refused,

    /// <summary>The answer is not one of a tracker, or too long.</summary>
    InvalidResponse,

    /// <summary>There is no such host, or nothing answers there.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The host has no address that the options allow.</summary>
    AddressForbidden,

    /// <summary>The address is not one of a tracker that can be asked.</summary>
    UnsupportedUrl,
}
