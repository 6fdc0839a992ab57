using System.Buffers;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Changes to what stands around <c>info</c>. What is not set stays as it is, known or not; <c>info</c> and the piece
/// hashes cannot be changed. One edit serves any number of torrents; reading it from several threads is safe once all is set.
/// </summary>
public sealed class MetainfoEdit
{
    private readonly SortedList<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?> _changes = new(BytesComparer.Instance);

    /// <summary>Sets all trackers by tier (BEP 12), in place of the ones that are there.</summary>
    /// <exception cref="ArgumentException">An address is not an absolute one of a tracker.</exception>
    public MetainfoEdit SetTrackers(IReadOnlyList<IReadOnlyList<string>> tiers)
    {
        var used = tiers.Where(tier => tier.Count > 0).ToArray();
        Check(used.SelectMany(tier => tier), TorrentUrl.IsTracker);
        Set("announce", used.Length == 0 ? null : new BencodeString(used[0][0]));

        // A client that knows BEP 12 ignores "announce" beside a list, so one tracker needs none.
        return Set("announce-list", used is [] or [[_]] ? null : new BencodeList([.. used.Select(List)]));
    }

    /// <summary>Sets one tracker, in place of the ones that are there.</summary>
    /// <exception cref="ArgumentException">The address is not an absolute one of a tracker.</exception>
    public MetainfoEdit SetTracker(string url) => SetTrackers([[url]]);

    /// <summary>Sets the web seeds (BEP 19).</summary>
    /// <exception cref="ArgumentException">An address is not an absolute one of a web or FTP server.</exception>
    public MetainfoEdit SetWebSeeds(IReadOnlyList<string> urls)
    {
        Check(urls, TorrentUrl.IsWebSeed);
        return Set("url-list", urls.Count == 0 ? null : List(urls));
    }

    /// <summary>Sets the HTTP seeds (BEP 17).</summary>
    /// <exception cref="ArgumentException">An address is not an absolute one of a web server.</exception>
    public MetainfoEdit SetHttpSeeds(IReadOnlyList<string> urls)
    {
        Check(urls, TorrentUrl.IsWebSeed);
        return Set("httpseeds", urls.Count == 0 ? null : List(urls));
    }

    /// <summary>Sets the nodes of the DHT (BEP 5).</summary>
    public MetainfoEdit SetNodes(IReadOnlyList<DhtNode> nodes) => Set("nodes", nodes.Count == 0
        ? null
        : new BencodeList([.. nodes.Select(node => new BencodeList([new BencodeString(node.Host), new BencodeInteger(node.Port)]))]));

    /// <summary>Sets the comment; null removes it.</summary>
    public MetainfoEdit SetComment(string? comment) => SetText("comment", comment);

    /// <summary>Sets the name of the program that made the torrent; null removes it.</summary>
    public MetainfoEdit SetCreatedBy(string? program) => SetText("created by", program);

    /// <summary>Sets the date in whole seconds; null removes it.</summary>
    public MetainfoEdit SetCreationDate(DateTimeOffset? date) =>
        Set("creation date", date is { } at ? new BencodeInteger(at.ToUnixTimeSeconds()) : null);

    /// <summary>Sets any other key; null removes it.</summary>
    /// <exception cref="ArgumentException">The key is one that makes the torrent what it is.</exception>
    public MetainfoEdit Set(string key, BencodeValue? value)
    {
        if (key is "info" or "piece layers")
        {
            throw new ArgumentException($"'{key}' is what makes the torrent the one it is.", nameof(key));
        }

        // Not "value?.ToArray()": a null array would turn into empty memory.
        _changes[Encoding.UTF8.GetBytes(key)] = value is null ? default(ReadOnlyMemory<byte>?) : value.ToArray();
        return this;
    }

    /// <summary>The parts whose concatenation is the edited torrent.</summary>
    internal List<ReadOnlyMemory<byte>> Apply(IReadOnlyList<KeyValuePair<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>> entries)
    {
        var parts = new List<ReadOnlyMemory<byte>>((3 * (entries.Count + _changes.Count)) + 2) { "d"u8.ToArray() };
        var next = 0;
        foreach (var (key, value) in entries)
        {
            for (; next < _changes.Count && BytesComparer.Instance.Compare(_changes.Keys[next], key) < 0; next++)
            {
                Add(parts, _changes.Keys[next], _changes.Values[next]);
            }

            if (next < _changes.Count && BytesComparer.Instance.Compare(_changes.Keys[next], key) == 0)
            {
                Add(parts, key, _changes.Values[next++]);
            }
            else
            {
                Add(parts, key, value);
            }
        }

        for (; next < _changes.Count; next++)
        {
            Add(parts, _changes.Keys[next], _changes.Values[next]);
        }

        parts.Add("e"u8.ToArray());
        return parts;
    }

    private MetainfoEdit SetText(string key, string? text)
    {
        // Where a torrent has the text in two encodings, the other one would contradict.
        Set(key + ".utf-8", null);
        return Set(key, text is null ? null : new BencodeString(text));
    }

    private static void Add(List<ReadOnlyMemory<byte>> parts, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes)
        {
            parts.Add(Encoding.ASCII.GetBytes($"{key.Length}:"));
            parts.Add(key);
            parts.Add(bytes);
        }
    }

    private static BencodeList List(IEnumerable<string> texts) => new([.. texts.Select(text => new BencodeString(text))]);

    private static void Check(IEnumerable<string> urls, Predicate<string> isValid)
    {
        if (urls.FirstOrDefault(url => !isValid(url)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is not an absolute address of the right kind.", nameof(urls));
        }
    }
}
