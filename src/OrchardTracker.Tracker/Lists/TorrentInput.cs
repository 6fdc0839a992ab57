using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Lists;

/// <summary>
/// Reads torrents as people bring them: info-hashes and magnet links, one a line; .torrent files; whitelists of opentracker,
/// which are files of info-hashes.
/// </summary>
public sealed class TorrentInput(IStringLocalizer<TorrentInput> localizer)
{
    /// <summary>So many faults are told; the rest would help nobody.</summary>
    public const int MostFaults = 20;

    private const int LongestLine = 16 * 1024;

    internal readonly IStringLocalizer S = localizer;

    private readonly List<LocalizedString> _faults = [];

    /// <summary>What could not be read, at most <see cref="MostFaults"/>.</summary>
    public IReadOnlyList<LocalizedString> Faults => _faults;

    /// <summary>How many lines and files could not be read.</summary>
    public int FaultCount { get; private set; }

    public List<ListedTorrent> Torrents { get; } = [];

    public void ReadText(string? text)
    {
        using var reader = new StringReader(text ?? "");
        ReadLines(reader, null);
    }

    public async Task ReadFileAsync(IFormFile file)
    {
        await using var stream = file.OpenReadStream();
        var head = new byte[64];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (length == 0)
        {
            Fault(S["{0}: the file is empty.", file.FileName]);
        }
        else if (IsBencoded(head.AsSpan(0, length)))
        {
            await ReadTorrentAsync(file, stream);
        }
        else
        {
            using var reader = new StreamReader(stream);
            ReadLines(reader, file.FileName);
        }
    }

    /// <summary>A dictionary with a first key ("d8:announce"). A hash may begin with "d8", but holds no colon.</summary>
    private static bool IsBencoded(ReadOnlySpan<byte> head)
    {
        var colon = head.IndexOf((byte)':');
        return head[0] == (byte)'d' && colon > 1 && head[1..colon].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private async Task ReadTorrentAsync(IFormFile file, Stream stream)
    {
        if (file.Length > MetainfoLimits.Default.MaxBytes)
        {
            Fault(S["{0}: the file is too large for a torrent.", file.FileName]);
            return;
        }

        var bytes = new byte[file.Length];
        await stream.ReadExactlyAsync(bytes);
        if (Metainfo.TryParse(bytes, out var metainfo, out var reason))
        {
            Add(metainfo.InfoHashV1, metainfo.InfoHashV2, metainfo.Name);
        }
        else
        {
            Fault(S["{0}: {1}", file.FileName, S[reason.Template, [.. reason.Arguments]]]);
        }
    }

    private void ReadLines(TextReader reader, string? file)
    {
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            if (text.Length > LongestLine || !ReadEntry(text))
            {
                var shown = text.Length > 60 ? text[..60] + "…" : text;
                Fault(file is null
                    ? S["Line {0}: \"{1}\" is neither an info-hash nor a magnet link.", number, shown]
                    : S["{0}, line {1}: \"{2}\" is neither an info-hash nor a magnet link.", file, number, shown]);
            }
        }
    }

    private bool ReadEntry(string text)
    {
        if (text.StartsWith("magnet:", StringComparison.OrdinalIgnoreCase))
        {
            return MagnetLink.TryParse(text, out var link, out _) && Add(link.InfoHashV1, link.InfoHashV2, link.Name);
        }

        // A hash, then whatever the list's keeper has written beside it.
        var end = text.IndexOfAny([' ', '\t', '#', ';', ',']);
        var hash = end < 0 ? text : text[..end];
        var note = end < 0 ? null : text[end..].Trim(' ', '\t', '#', ';', ',');
        if (InfoHash.TryParseHex(hash, out var v1))
        {
            return Add(v1, null, note);
        }

        return InfoHashV2.TryParseHex(hash, out var v2) && Add(null, v2, note);
    }

    private bool Add(InfoHash? v1, InfoHashV2? v2, string? name)
    {
        // Trackers know a v2 torrent by the first 20 bytes of its hash (BEP 52).
        var hash = v1 ?? v2?.Truncated;
        if (hash is not { } known)
        {
            return false;
        }

        var second = v1 is null ? null : v2?.Truncated;
        Torrents.Add(new ListedTorrent(known, second == known ? null : second, string.IsNullOrWhiteSpace(name) ? null : name));
        return true;
    }

    private void Fault(LocalizedString fault)
    {
        FaultCount++;
        if (_faults.Count < MostFaults)
        {
            _faults.Add(fault);
        }
    }
}
