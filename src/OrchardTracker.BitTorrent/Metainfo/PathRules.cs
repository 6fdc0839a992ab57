using System.Buffers;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Which names may stand in a torrent: those that mean one file in one place on every system. What leads out of the
/// download folder, or to a device, is a fault; what is only awkward somewhere is a warning.
/// </summary>
internal static class PathRules
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '\u007f']);
    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("<>:\"|?*");

    // They turn the order of what follows around: "exe.gpj" is then shown as "jpg.exe" backwards.
    private static readonly SearchValues<char> DirectionMarks = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private static readonly HashSet<string> Devices = new(
        [
            "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with one folder's or file's name, or null.</summary>
    public static MetainfoMessage? FindFault(string name, MetainfoLimits limits)
    {
        if (name.Length == 0)
        {
            return new("A file or folder has an empty name.");
        }

        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > limits.MaxNameBytes)
        {
            return new("The name '{0}…' is {1} bytes long; {2} are allowed.", Show(name), bytes, limits.MaxNameBytes);
        }

        if (name.AsSpan().ContainsAny(Separators))
        {
            return new("The name '{0}' contains a slash or a backslash.", Show(name));
        }

        if (name.AsSpan().ContainsAny(Controls))
        {
            return new("The name '{0}' contains a control character.", Show(name));
        }

        if (name is "." or ".." || name.AsSpan().TrimEnd(". ").IsEmpty)
        {
            return new("The name '{0}' leads out of its folder.", Show(name));
        }

        if (name.Length >= 2 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        {
            return new("The name '{0}' begins with a drive letter.", Show(name));
        }

        return IsDevice(name) ? new("The name '{0}' is reserved for a device on Windows.", Show(name)) : null;
    }

    public static void Warn(string name, WarningList warnings)
    {
        if (name.AsSpan().ContainsAny(NotOnWindows) || name[^1] is '.' or ' ')
        {
            warnings.Add("The name '{0}' cannot be kept on Windows.", Show(name));
        }

        if (name.AsSpan().ContainsAny(DirectionMarks))
        {
            warnings.Add("The name '{0}' contains marks that change the direction of text: it may not end as it seems.", Show(name));
        }
    }

    /// <summary>A name that is safe in a message: short, without control characters.</summary>
    public static string Show(string name)
    {
        var shown = name.Length > 60 ? name[..60] : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || DirectionMarks.Contains(c) ? '\uFFFD' : c));
    }

    // "nul.tar.gz" is the device as well, and so is "nul .txt".
    private static bool IsDevice(string name)
    {
        var stem = name.AsSpan();
        var dot = stem.IndexOf('.');
        stem = (dot < 0 ? stem : stem[..dot]).TrimEnd(' ');
        return stem.Length <= 7 && Devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem);
    }
}
