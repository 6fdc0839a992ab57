using System.IO.Enumeration;

namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>Which files are treated how. Of all rules that fit a file the first one counts, whole.</summary>
public sealed record MediaRule
{
    /// <summary>Names the rule on the settings page; one that comes by a recipe needs none.</summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// A folder of the media library; a star stands for any one name. Empty for the library itself.
    /// </summary>
    public string Folder { get; init; } = "";

    public bool IncludesSubfolders { get; init; } = true;

    /// <summary>File names, with <c>*</c> and <c>?</c>, several parted by commas. Empty for all.</summary>
    public string Names { get; init; } = "";

    /// <summary>Media types such as <c>video/*</c>, several parted by commas. Empty for all.</summary>
    public string MediaTypes { get; init; } = "";

    /// <summary>In bytes.</summary>
    public long? MinLength { get; init; }

    /// <summary>In bytes.</summary>
    public long? MaxLength { get; init; }

    public MediaChoices Choices { get; init; } = new();

    /// <summary>The folder that the rule makes one torrent of and that the file is in; null when the file is its own torrent.</summary>
    public string? FindFolder(string path)
    {
        var folder = FindMatchingFolder(path);
        return Choices.Scope == MediaScope.Folder && !string.IsNullOrEmpty(folder) ? folder : null;
    }

    /// <param name="length">Null where it is not known: the bounds of the rule are then taken as kept.</param>
    public bool Fits(string path, long? length, string mediaType) =>
        FindMatchingFolder(path) is not null
        && (length is null || (length >= (MinLength ?? 0) && length <= (MaxLength ?? long.MaxValue)))
        && FitsAny(Names, path[(path.LastIndexOf('/') + 1)..])
        && FitsAny(MediaTypes, mediaType);

    private string? FindMatchingFolder(string path)
    {
        var names = path.Split('/')[..^1];
        var patterns = Folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (names.Length < patterns.Length || (!IncludesSubfolders && names.Length > patterns.Length))
        {
            return null;
        }

        for (var i = 0; i < patterns.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(patterns[i], names[i]))
            {
                return null;
            }
        }

        return string.Join('/', names[..patterns.Length]);
    }

    private static bool FitsAny(string patterns, string value)
    {
        var each = patterns.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return each.Length == 0 || each.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value));
    }
}
