using System.Globalization;
using System.Text;

namespace OrchardTracker.Torrents.Data;

/// <summary>
/// Cuts names into words that are found whatever their case and accents. They are written with lower-case ASCII letters
/// and digits only, other letters by their code: so each database sorts them the same, whatever its collation, and a
/// prefix is a range of an index.
/// </summary>
internal static class TorrentWords
{
    /// <summary>Of a word as it is stored. What is longer is cut, in names and in what is searched for.</summary>
    public const int MaxLength = 60;

    /// <summary>The highest character that a stored word can have.</summary>
    public const char Highest = 'z';

    /// <summary>The distinct words of a name, as they are stored.</summary>
    public static IEnumerable<string> Split(string text)
    {
        // What is not text at all, half a pair for example, cannot be normalised.
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    continue;
                case UnicodeCategory.OtherLetter when IsIdeographic(rune):
                    // Written without gaps: each sign is a word.
                    if (word.Length > 0)
                    {
                        yield return Take(word);
                    }

                    Append(word, rune);
                    yield return Take(word);
                    continue;
            }

            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            {
                Append(word, Rune.ToLowerInvariant(rune));
            }
            else if (word.Length > 0)
            {
                yield return Take(word);
            }
        }

        if (word.Length > 0)
        {
            yield return Take(word);
        }
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        if (rune.IsAscii)
        {
            word.Append((char)rune.Value);
        }
        else
        {
            word.Append('z').Append(rune.Value.ToString("x5", CultureInfo.InvariantCulture));
        }
    }

    private static string Take(StringBuilder word)
    {
        var taken = word.ToString(0, Math.Min(word.Length, MaxLength));
        word.Clear();
        return taken;
    }

    /// <summary>Han, Hiragana, Katakana; Thai and its like are joined to long words, which a prefix finds.</summary>
    private static bool IsIdeographic(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
