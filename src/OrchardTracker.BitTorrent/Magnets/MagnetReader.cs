using System.Globalization;
using System.Net;

namespace OrchardTracker.BitTorrent;

internal sealed class MagnetReader
{
    /// <summary>Says in a multihash that 32 bytes of SHA-256 follow.</summary>
    public const string Sha256Multihash = "1220";

    private const int Longest = 64 << 10;
    private const int MostAddresses = 500;
    private const int HighestFile = 1_000_000;

    private readonly List<string> _trackers = [];
    private readonly List<string> _webSeeds = [];
    private readonly List<string> _peers = [];
    private readonly List<FileRange> _files = [];
    private InfoHash? _v1;
    private InfoHashV2? _v2;
    private string? _name;
    private long? _length;

    /// <summary>What is wrong with the text, or null.</summary>
    public MetainfoMessage? Read(string text)
    {
        const string Scheme = "magnet:?";
        text = text.Trim();
        if (text.Length > Longest)
        {
            return new("The link is {0} characters long; {1} are allowed.", text.Length, Longest);
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new("A magnet link begins with 'magnet:?'.");
        }

        // Pasted out of a page's source, the link still has the page's way to write '&'.
        foreach (var part in text[Scheme.Length..].Replace("&amp;", "&", StringComparison.Ordinal).Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && ReadPart(KeyOf(part[..equals]), part[(equals + 1)..]) is { } fault)
            {
                return fault;
            }
        }

        return _v1 is null && _v2 is null ? new("The link names no torrent: it has no 'xt=urn:btih:' or 'xt=urn:btmh:'.") : null;
    }

    public MagnetLink ToLink() => new()
    {
        InfoHashV1 = _v1,
        InfoHashV2 = _v2,
        Name = _name,
        Length = _length,
        Trackers = _trackers,
        WebSeeds = _webSeeds,
        SelectedFiles = _files,
        Peers = _peers,
    };

    // Several values of one key may be numbered: "tr.1".
    private static string KeyOf(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var numbered = dot > 0 && key[(dot + 1)..].All(char.IsAsciiDigit);
        return (numbered ? key[..dot] : key).ToLowerInvariant();
    }

    private MetainfoMessage? ReadPart(string key, string value)
    {
        switch (key)
        {
            case "xt":
                return ReadTopic(Uri.UnescapeDataString(value));
            case "dn":
                _name ??= ReadName(value);
                break;
            case "xl":
                _length ??= long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
                break;
            case "tr":
                AddUrl(_trackers, value, TorrentUrl.IsTracker);
                break;
            case "ws":
                AddUrl(_webSeeds, value, TorrentUrl.IsWebSeed);
                break;
            case "so":
                ReadFiles(Uri.UnescapeDataString(value));
                break;
            case "x.pe":
                ReadPeer(Uri.UnescapeDataString(value));
                break;
        }

        return null;
    }

    private MetainfoMessage? ReadTopic(string topic)
    {
        const string V1 = "urn:btih:";
        const string V2 = "urn:btmh:";
        if (topic.StartsWith(V1, StringComparison.OrdinalIgnoreCase))
        {
            if (!TryReadV1(topic[V1.Length..], out var hash))
            {
                return new("The hash after 'urn:btih:' must be 40 hexadecimal digits or 32 letters and digits of base 32.");
            }

            if (_v1 is { } other && other != hash)
            {
                return new("The link names two different torrents.");
            }

            _v1 = hash;
        }
        else if (topic.StartsWith(V2, StringComparison.OrdinalIgnoreCase))
        {
            var multihash = topic.AsSpan(V2.Length);
            if (!multihash.StartsWith(Sha256Multihash, StringComparison.Ordinal)
                || !BitTorrent.InfoHashV2.TryParseHex(multihash[Sha256Multihash.Length..], out var hash))
            {
                return new("The hash after 'urn:btmh:' must be '1220' and 64 hexadecimal digits.");
            }

            if (_v2 is { } other && other != hash)
            {
                return new("The link names two different torrents.");
            }

            _v2 = hash;
        }

        return null;
    }

    private static bool TryReadV1(string digits, out InfoHash hash)
    {
        hash = default;
        if (digits.Length != 32)
        {
            return InfoHash.TryParseHex(digits, out hash);
        }

        // Base 32 (RFC 4648): five bits a character.
        Span<byte> bytes = stackalloc byte[InfoHash.Length];
        var (bits, count, position) = (0, 0, 0);
        foreach (var c in digits)
        {
            var value = char.ToUpperInvariant(c) switch
            {
                >= 'A' and <= 'Z' and var letter => letter - 'A',
                >= '2' and <= '7' => c - '2' + 26,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            bits = ((bits << 5) | value) & 0xFFF;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes[position++] = (byte)(bits >> count);
            }
        }

        hash = new InfoHash(bytes);
        return true;
    }

    // Many write a space as '+' here, as in a form.
    private static string? ReadName(string value)
    {
        var name = Uri.UnescapeDataString(value.Replace('+', ' '));
        name = string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c)).Trim();
        return name.Length > 0 ? name : null;
    }

    private static void AddUrl(List<string> urls, string value, Predicate<string> isValid)
    {
        var url = Uri.UnescapeDataString(value).Trim();
        if (urls.Count < MostAddresses && isValid(url) && !urls.Contains(url))
        {
            urls.Add(url);
        }
    }

    private void ReadFiles(string value)
    {
        foreach (var part in value.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length <= 2
                && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                && first <= last && last <= HighestFile)
            {
                _files.Add(new FileRange(first, last));
            }
        }
    }

    private void ReadPeer(string value)
    {
        var colon = value.LastIndexOf(':');
        if (_peers.Count < MostAddresses
            && colon > 0
            && int.TryParse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= IPEndPoint.MaxPort
            && Uri.CheckHostName(value[..colon]) != UriHostNameType.Unknown)
        {
            _peers.Add(value);
        }
    }
}
