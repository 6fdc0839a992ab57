using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Reads the query of an announce (BEP 3, 7, 21, 23).</summary>
public static class AnnounceQuery
{
    /// <summary>Longer queries are refused; announces of real clients have 200 to 500 characters.</summary>
    public const int MaxLength = 4096;

    // What a client may claim to have moved; more than this is no claim but an attempt to overflow somebody's sum.
    private const long MaxBytes = 1L << 60;

    /// <summary>Fills a request whose address is already known.</summary>
    /// <param name="query">The raw query, still escaped.</param>
    /// <param name="trustsAddress">Whether the <c>ip</c> parameter counts: only who is trusted may name another address.</param>
    [SkipLocalsInit]
    public static Failure Read(ReadOnlySpan<char> query, bool trustsAddress, ref AnnounceRequest request)
    {
        if (query.Length > MaxLength)
        {
            return Failure.QueryTooLong;
        }

        request.Peer.Wanted = AnnounceRequest.WantedNotSaid;
        request.Peer.Left = 1;
        request.IsCompact = true;
        var seen = AnnounceParameter.None;
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            var parameter = Identify(reader.Name);
            if (parameter == AnnounceParameter.None)
            {
                continue;
            }

            if ((seen & parameter) != 0 && parameter < AnnounceParameter.Key)
            {
                return Failure.ParameterRepeated;
            }

            seen |= parameter;
            var failure = ReadValue(parameter, reader.Value, trustsAddress, ref request);
            if (failure != Failure.None)
            {
                return failure;
            }
        }

        return seen switch
        {
            _ when (seen & AnnounceParameter.InfoHash) == 0 => Failure.InfoHashMissing,
            _ when (seen & AnnounceParameter.PeerId) == 0 => Failure.PeerIdMissing,
            _ when (seen & AnnounceParameter.Port) == 0 => Failure.PortMissing,
            _ => Complete(seen, ref request),
        };
    }

    private static Failure Complete(AnnounceParameter seen, ref AnnounceRequest request)
    {
        // Who has completed has nothing left, even if he does not say so.
        if ((seen & AnnounceParameter.Left) == 0 && request.Peer.Event == AnnounceEvent.Completed)
        {
            request.Peer.Left = 0;
        }

        return Failure.None;
    }

    private static AnnounceParameter Identify(ReadOnlySpan<char> name) => name switch
    {
        "info_hash" => AnnounceParameter.InfoHash,
        "peer_id" => AnnounceParameter.PeerId,
        "port" => AnnounceParameter.Port,
        "uploaded" => AnnounceParameter.Uploaded,
        "downloaded" => AnnounceParameter.Downloaded,
        "left" => AnnounceParameter.Left,
        "corrupt" => AnnounceParameter.Corrupt,
        "event" => AnnounceParameter.Event,
        "numwant" => AnnounceParameter.NumWant,
        "compact" => AnnounceParameter.Compact,
        "no_peer_id" => AnnounceParameter.NoPeerId,
        "ip" => AnnounceParameter.Ip,
        "key" => AnnounceParameter.Key,
        "passkey" => AnnounceParameter.Passkey,
        _ => AnnounceParameter.None,
    };

    private static Failure ReadValue(AnnounceParameter parameter, ReadOnlySpan<char> value, bool trustsAddress, ref AnnounceRequest request)
    {
        ref var peer = ref request.Peer;
        switch (parameter)
        {
            case AnnounceParameter.InfoHash:
                return HashParameter.Read(value, out peer.InfoHash);
            case AnnounceParameter.PeerId:
                return ReadPeerId(value, out peer.PeerId);
            case AnnounceParameter.Port:
                return ReadPort(value, out peer.Port);
            case AnnounceParameter.Uploaded:
                return ReadBytes(value, out peer.Uploaded);
            case AnnounceParameter.Downloaded:
                return ReadBytes(value, out peer.Downloaded);
            case AnnounceParameter.Left:
                return ReadBytes(value, out peer.Left);
            case AnnounceParameter.Corrupt:
                return ReadBytes(value, out peer.Corrupt);
            case AnnounceParameter.NumWant:
                return ReadWanted(value, out peer.Wanted);
            case AnnounceParameter.Event:
                return ReadEvent(value, out peer.Event);
            case AnnounceParameter.Compact:
                request.IsCompact = value is not "0";
                return Failure.None;
            case AnnounceParameter.NoPeerId:
                request.OmitsPeerIds = value is "1";
                return Failure.None;
            case AnnounceParameter.Key:
                peer.Key = ReadKey(value);
                return Failure.None;
            case AnnounceParameter.Passkey:
                PasskeyText.Read(value, ref request.PasskeyPresence, ref request.Passkey);
                return Failure.None;
            case AnnounceParameter.Ip when trustsAddress:
                ReadAddress(value, ref peer.Address);
                return Failure.None;
            default:
                return Failure.None;
        }
    }

    private static Failure ReadPeerId(ReadOnlySpan<char> value, out PeerId id)
    {
        Span<byte> bytes = stackalloc byte[PeerId.Length];
        var length = PercentEncoding.Decode(value, bytes);
        id = length == PeerId.Length ? new PeerId(bytes) : default;
        return length == PeerId.Length ? Failure.None : length < 0 ? Failure.EscapeInvalid : Failure.PeerIdInvalid;
    }

    private static Failure ReadPort(ReadOnlySpan<char> value, out ushort port)
    {
        var isPort = PercentEncoding.TryReadNumber(value, out var number) && number is > 0 and <= ushort.MaxValue;
        port = isPort ? (ushort)number : (ushort)0;
        return isPort ? Failure.None : Failure.PortInvalid;
    }

    private static Failure ReadBytes(ReadOnlySpan<char> value, out long bytes)
    {
        var isNumber = PercentEncoding.TryReadNumber(value, out var number);
        bytes = (long)Math.Min(number, MaxBytes);
        return isNumber ? Failure.None : Failure.NumberInvalid;
    }

    private static Failure ReadWanted(ReadOnlySpan<char> value, out int wanted)
    {
        // Clients say -1 for "as many as you think right" (BEP 15 has it so on purpose).
        if (value is "-1")
        {
            wanted = AnnounceRequest.WantedNotSaid;
            return Failure.None;
        }

        var isNumber = PercentEncoding.TryReadNumber(value, out var number);
        wanted = (int)Math.Min(number, int.MaxValue);
        return isNumber ? Failure.None : Failure.NumberInvalid;
    }

    /// <summary>Takes an address; a name or anything else changes nothing.</summary>
    private static void ReadAddress(ReadOnlySpan<char> value, ref PeerAddress address)
    {
        // No text of an address is longer, its zone aside.
        Span<byte> text = stackalloc byte[64];
        var length = PercentEncoding.Decode(value, text);
        if (length > 0 && length <= text.Length && IPAddress.TryParse(text[..length], out var parsed))
        {
            address = PeerAddress.From(parsed);
        }
    }

    private static Failure ReadEvent(ReadOnlySpan<char> value, out AnnounceEvent announceEvent)
    {
        (announceEvent, var failure) = value switch
        {
            "" or "none" or "empty" => (AnnounceEvent.None, Failure.None),
            "started" => (AnnounceEvent.Started, Failure.None),
            "completed" => (AnnounceEvent.Completed, Failure.None),
            "stopped" => (AnnounceEvent.Stopped, Failure.None),
            "paused" => (AnnounceEvent.Paused, Failure.None),
            _ => (AnnounceEvent.None, Failure.EventUnknown),
        };
        return failure;
    }

    /// <summary>A key is any text (BEP 7: a hexadecimal number by custom); 32 bits of it tell clients apart, 0 is none.</summary>
    private static uint ReadKey(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        if (value.Length <= 8 && uint.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
        {
            return key;
        }

        // FNV-1a: it need not resist anybody, only be the same for the same text.
        var hash = 2166136261u;
        foreach (var character in value)
        {
            hash = (hash ^ character) * 16777619u;
        }

        return hash | 1;
    }
}
