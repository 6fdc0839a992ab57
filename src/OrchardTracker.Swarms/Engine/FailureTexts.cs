namespace OrchardTracker.Swarms;

/// <summary>What clients are told. They show it to their users as it is: plain words, and nothing of our inside.</summary>
public static class FailureTexts
{
    /// <summary>The text of a failure in UTF-8.</summary>
    public static ReadOnlySpan<byte> Of(Failure failure) => failure switch
    {
        Failure.QueryTooLong => "the request is too long"u8,
        Failure.InfoHashMissing => "info_hash is missing"u8,
        Failure.InfoHashInvalid => "info_hash must be 20 bytes long"u8,
        Failure.PeerIdMissing => "peer_id is missing"u8,
        Failure.PeerIdInvalid => "peer_id must be 20 bytes long"u8,
        Failure.PortMissing => "port is missing"u8,
        Failure.PortInvalid => "port must be a number from 1 to 65535"u8,
        Failure.NumberInvalid => "uploaded, downloaded, left, corrupt and numwant must be whole numbers, not negative and not above 64 bits"u8,
        Failure.EventUnknown => "event must be started, completed, stopped, paused or empty"u8,
        Failure.ParameterRepeated => "a parameter is given twice"u8,
        Failure.EscapeInvalid => "a percent sign must be followed by two hexadecimal digits"u8,
        Failure.MethodNotAllowed => "use GET"u8,
        Failure.AddressBanned => "your address is banned from this tracker"u8,
        Failure.ClientNotAllowed => "this BitTorrent client is not allowed here"u8,
        Failure.PasskeyMissing => "this tracker needs a passkey: download the torrent again while you are logged in"u8,
        Failure.PasskeyUnknown => "this passkey is not valid: download the torrent again while you are logged in"u8,
        Failure.PasskeyRevoked => "this passkey has been replaced by a newer one: download the torrent again while you are logged in"u8,
        Failure.NotPermitted => "your account is not permitted to announce here"u8,
        Failure.UserBanned => "your account is banned from this tracker"u8,
        Failure.RatioTooLow => "your ratio is too low to start a download: seed what you have first"u8,
        Failure.TorrentUnknown => "this torrent is not registered with this tracker"u8,
        Failure.TorrentRefused => "this torrent is not available at the moment"u8,
        Failure.TorrentBlocked => "this torrent has been taken down"u8,
        Failure.ScrapeDisabled => "this tracker does not answer scrapes"u8,
        Failure.FullScrapeDisabled => "name the torrents to scrape by info_hash"u8,
        Failure.TooManyHashes => "too many torrents in one scrape"u8,
        Failure.TrackerFull => "this tracker has no room for more torrents"u8,
        Failure.Unavailable => "the tracker is not available at the moment"u8,
        Failure.TooManyRequests => "you ask too often: wait a while"u8,
        Failure.ConnectionIdInvalid => "the connection id is not valid"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "A failure without a text."),
    };

    /// <summary>
    /// When the client may try again (BEP 31): minutes, 0 for never, null where nothing can be said. Waiting helps
    /// against what passes by itself; nothing but a new torrent helps against a wrong passkey.
    /// </summary>
    public static int? RetryMinutes(Failure failure) => failure switch
    {
        Failure.TooManyRequests => 5,
        Failure.TrackerFull or Failure.Unavailable => 15,
        Failure.TorrentRefused or Failure.NotPermitted or Failure.UserBanned or Failure.RatioTooLow => 60,
        Failure.TorrentUnknown => 30,
        Failure.AddressBanned or Failure.ClientNotAllowed or Failure.PasskeyMissing or Failure.PasskeyUnknown or Failure.PasskeyRevoked or Failure.TorrentBlocked => 0,
        _ => null,
    };
}
