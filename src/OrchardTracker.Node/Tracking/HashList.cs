using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>A file of info-hashes: one in hexadecimal digits a line; what follows <c>#</c> is a comment.</summary>
internal static class HashList
{
    /// <param name="refused">Told each line that holds no hash, by its number.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HashSet<InfoHash> Read(string path, Action<int, string> refused)
    {
        HashSet<InfoHash> hashes = [];
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var text = line.AsSpan();
            text = (text.IndexOf('#') is var comment and >= 0 ? text[..comment] : text).Trim();
            if (text.IsEmpty)
            {
                continue;
            }

            if (InfoHash.TryParseHex(text, out var hash))
            {
                hashes.Add(hash);
            }
            else if (InfoHashV2.TryParseHex(text, out var v2))
            {
                hashes.Add(v2.Truncated);
            }
            else
            {
                refused(number, text.Length > 80 ? $"{text[..80]}…" : text.ToString());
            }
        }

        return hashes;
    }
}
