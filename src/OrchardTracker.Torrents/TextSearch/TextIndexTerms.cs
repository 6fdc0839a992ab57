using System.Text;

namespace OrchardTracker.Torrents.TextSearch;

/// <summary>
/// What visitors type, for an index: each word quoted and demanded. Orchard Core's providers read that alike; as it was typed,
/// a bracket or a colon of a release's name would be a fault in their query languages.
/// </summary>
internal static class TextIndexTerms
{
    private const int MostWords = 16;

    public static string Of(string text) => string.Join(' ', text
        .Replace('"', ' ')
        .Replace('\\', ' ')
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.EnumerateRunes().Any(Rune.IsLetterOrDigit))
        .Take(MostWords)
        .Select(word => $"+\"{word}\""));
}
