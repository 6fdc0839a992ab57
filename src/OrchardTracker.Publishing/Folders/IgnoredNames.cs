namespace OrchardTracker.Publishing;

/// <summary>Names that are never published: hidden ones, and those that programs give to what is not finished.</summary>
internal static class IgnoredNames
{
    private static readonly string[] Suffixes =
    [
        "~", ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".aria2", ".!qb", ".!ut",
        ".!bt", ".swp", ".unfinished", ".incomplete",
    ];

    private static readonly string[] Whole = ["thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "lost+found", "@eadir"];

    public static bool Contains(string name) =>
        name.StartsWith('.')
        || name.StartsWith("~$", StringComparison.Ordinal)
        || Whole.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
