namespace OrchardTracker.BitTorrent;

/// <summary>
/// Reads what stands around <c>info</c>. What is odd here is left aside with a warning, not refused: the files can be
/// downloaded all the same.
/// </summary>
internal sealed class OuterReader
{
    // A torrent has a dozen; each that is kept costs many times its bytes.
    private const int MaxKeys = 1_000;

    private static readonly BencodeLimits SmallValue = new() { MaxDepth = 8, MaxLength = 1 << 20, MaxTokens = 50_000 };

    private readonly List<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> _entries;
    private readonly MetainfoLimits _limits;
    private readonly WarningList _warnings;
    private readonly TextDecoder _text;
    private readonly string? _encoding;

    private OuterReader(
        List<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> entries, MetainfoLimits limits, WarningList warnings)
    {
        _entries = entries;
        _limits = limits;
        _warnings = warnings;
        _encoding = (Find("encoding"u8) as BencodeString)?.Text;
        _text = new TextDecoder(_encoding, warnings);
    }

    /// <exception cref="BencodeException">The bytes are not bencode.</exception>
    /// <exception cref="MetainfoException">The bytes are not a dictionary, or a key stands twice.</exception>
    public static OuterDictionary Read(ReadOnlyMemory<byte> torrent, MetainfoLimits limits, WarningList warnings)
    {
        var outer = new OuterReader(ReadEntries(torrent, limits, warnings), limits, warnings);
        return new OuterDictionary
        {
            Entries = outer._entries,
            Text = outer._text,
            AnnounceTiers = outer.ReadTrackers(),
            WebSeeds = outer.ReadUrls("url-list"u8),
            HttpSeeds = outer.ReadUrls("httpseeds"u8),
            Nodes = outer.ReadNodes(),
            Comment = outer.ReadText("comment.utf-8"u8) ?? outer.ReadText("comment"u8),
            CreatedBy = outer.ReadText("created by.utf-8"u8) ?? outer.ReadText("created by"u8),
            CreationDate = outer.ReadDate(),
            Encoding = outer._encoding,
            UpdateUrl = outer.ReadText("update-url"u8),
        };
    }

    private static List<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> ReadEntries(
        ReadOnlyMemory<byte> torrent, MetainfoLimits limits, WarningList warnings)
    {
        var entries = new List<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>>();
        var keys = new HashSet<ReadOnlyMemory<byte>>(BytesComparer.Instance);
        var reader = new BencodeReader(torrent.Span, BencodeMode.Lenient, limits.Bencode);
        reader.Read();
        if (reader.TokenType != BencodeTokenType.StartDictionary)
        {
            throw new MetainfoException("This is not a torrent: it is not a bencoded dictionary.");
        }

        while (reader.Read() && reader.TokenType == BencodeTokenType.Key)
        {
            var key = torrent.Slice(reader.ValueStart, reader.ValueSpan.Length);
            if (!keys.Add(key))
            {
                throw new MetainfoException(
                    "The key '{0}' stands twice.", PathRules.Show(System.Text.Encoding.Latin1.GetString(key.Span)));
            }

            if (keys.Count > MaxKeys)
            {
                throw new MetainfoException("The torrent has more than {0} keys around 'info'.", MaxKeys);
            }

            reader.Read();
            var start = reader.TokenStart;
            reader.Skip();
            entries.Add(KeyValuePair.Create(key, torrent[start..reader.Position]));
        }

        reader.Read();
        if ((reader.Irregularities & BencodeIrregularities.TrailingBytes) != 0)
        {
            warnings.Add("Something follows the end of the torrent: {0} bytes in all.", torrent.Length - reader.Position);
        }

        entries.Sort((a, b) => BytesComparer.Instance.Compare(a.Key, b.Key));
        return entries;
    }

    private List<IReadOnlyList<string>> ReadTrackers()
    {
        var tiers = new List<IReadOnlyList<string>>();
        var count = 0;
        if (Find("announce-list"u8) is BencodeList list)
        {
            foreach (var item in list.Items)
            {
                // A bare address in place of a tier is a common mistake.
                var urls = Urls(item is BencodeList tier ? tier.Items : [item], TorrentUrl.IsTracker, _limits.MaxUrls - count);
                count += urls.Count;
                if (urls.Count > 0)
                {
                    tiers.Add(urls);
                }
            }
        }

        if (tiers.Count == 0 && Find("announce"u8) is { } announce && Urls([announce], TorrentUrl.IsTracker, 1) is [_] single)
        {
            tiers.Add(single);
        }

        return tiers;
    }

    private List<string> ReadUrls(ReadOnlySpan<byte> key) => Find(key) switch
    {
        BencodeList list => Urls(list.Items, TorrentUrl.IsWebSeed, _limits.MaxUrls),

        // One address need not be in a list.
        BencodeString one => Urls([one], TorrentUrl.IsWebSeed, _limits.MaxUrls),
        _ => [],
    };

    private List<string> Urls(IReadOnlyList<BencodeValue> items, Predicate<string> isValid, int max)
    {
        var urls = new List<string>();
        foreach (var item in items)
        {
            var url = (item as BencodeString)?.Text.Trim();
            if (url is "")
            {
                // Some tools write nothing as an empty address.
                continue;
            }

            if (url is null || !isValid(url))
            {
                _warnings.Add("The address '{0}' is not one that is used here; it was left aside.", PathRules.Show(url ?? "?"));
            }
            else if (urls.Count == max)
            {
                _warnings.Add("There are more than {0} addresses; the others were left aside.", _limits.MaxUrls);
                break;
            }
            else if (!urls.Contains(url))
            {
                urls.Add(url);
            }
        }

        return urls;
    }

    private List<DhtNode> ReadNodes()
    {
        var nodes = new List<DhtNode>();
        if (Find("nodes"u8) is BencodeList list)
        {
            foreach (var item in list.Items.Take(_limits.MaxUrls))
            {
                if (item is BencodeList { Items: [BencodeString host, BencodeInteger { Value: > 0 and <= 65_535 } port, ..] }
                    && Uri.CheckHostName(host.Text) != UriHostNameType.Unknown)
                {
                    nodes.Add(new DhtNode(host.Text, (int)port.Value));
                }
            }
        }

        return nodes;
    }

    private string? ReadText(ReadOnlySpan<byte> key) =>
        Find(key) is BencodeString { Bytes.Length: > 0 } text ? _text.Decode(text.Bytes.Span) : null;

    private DateTimeOffset? ReadDate() =>
        Find("creation date"u8) is BencodeInteger { Value: > 0 } seconds
        && seconds.Value <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value)
            : null;

    private BencodeValue? Find(ReadOnlySpan<byte> key)
    {
        foreach (var entry in _entries)
        {
            if (!entry.Key.Span.SequenceEqual(key))
            {
                continue;
            }

            try
            {
                return BencodeValue.Parse(entry.Value, BencodeMode.Lenient, SmallValue);
            }
            catch (BencodeException)
            {
                _warnings.Add(
                    "The value of '{0}' is too long and was left aside.", System.Text.Encoding.ASCII.GetString(key));
                return null;
            }
        }

        return null;
    }
}
