namespace OrchardTracker.Swarms;

/// <summary>Why a request is refused. Each has one text for the client (<see cref="FailureTexts"/>) and one counter.</summary>
public enum Failure : byte
{
    None,

    // What the client sent cannot be read.
    QueryTooLong,
    InfoHashMissing,
    InfoHashInvalid,
    PeerIdMissing,
    PeerIdInvalid,
    PortMissing,
    PortInvalid,
    NumberInvalid,
    EventUnknown,
    ParameterRepeated,
    EscapeInvalid,
    MethodNotAllowed,

    // Who sent it may not.
    AddressBanned,
    ClientNotAllowed,
    PasskeyMissing,
    PasskeyUnknown,
    PasskeyRevoked,
    NotPermitted,
    UserBanned,
    RatioTooLow,

    // What it is about is not served.
    TorrentUnknown,
    TorrentRefused,
    TorrentBlocked,
    ScrapeDisabled,
    FullScrapeDisabled,
    TooManyHashes,

    // The tracker cannot.
    TrackerFull,
    Unavailable,
    TooManyRequests,
    ConnectionIdInvalid,
}
