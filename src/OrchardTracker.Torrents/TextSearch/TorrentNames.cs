using System.Text;
using System.Text.RegularExpressions;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.TextSearch;

/// <summary>The names in a torrent: its own, those of its folders and files.</summary>
internal static partial class TorrentNames
{
    /// <summary>In characters. Who packs a hundred thousand files does not fill an index with them.</summary>
    private const int LongestText = 50_000;

    public static IEnumerable<string> Of(Metainfo metainfo) =>
        metainfo.Files.Where(file => !file.IsPadding).SelectMany(file => file.Path).Prepend(metainfo.Name);

    /// <summary>
    /// Names as text for an index. A name such as <c>debian-12.iso</c> also stands there in parts: to most analysers words that
    /// are joined by dots and underscores are one.
    /// </summary>
    public static string ToText(IEnumerable<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.SelectMany(name => new[] { name, NoWord().Replace(name, " ").Trim() }).Distinct())
        {
            if (text.Length + name.Length >= LongestText)
            {
                break;
            }

            text.Append(name).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    // What lies beyond the basic plane comes as pairs of surrogates: letters, for all that is known here.
    [GeneratedRegex(@"[^\p{L}\p{N}\p{M}\p{Cs}]+")]
    private static partial Regex NoWord();
}
