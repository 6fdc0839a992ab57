using System.Globalization;

namespace OrchardTracker.Torrents.Searching;

/// <summary>Sizes from one to another, in bytes; null is without a bound. Written as <c>100M-1G</c>, <c>-100M</c>, <c>10G-</c>.</summary>
public readonly record struct SizeRange(long? Least, long? Most)
{
    private const string Units = "KMGT";

    public static bool TryParse(string? text, out SizeRange range)
    {
        range = default;
        if (text?.Split('-') is not [var least, var most] || !TryParseBound(least, out var from) || !TryParseBound(most, out var to) || (from ?? to) is null)
        {
            return false;
        }

        range = new SizeRange(from, to);
        return true;
    }

    public override string ToString() => $"{Write(Least)}-{Write(Most)}";

    private static bool TryParseBound(string text, out long? size)
    {
        size = null;
        if (text.Length == 0)
        {
            return true;
        }

        var unit = Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1;
        var factor = 1L << (10 * unit);
        if (!long.TryParse(unit > 0 ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / factor)
        {
            return false;
        }

        size = number * factor;
        return true;
    }

    private static string Write(long? size)
    {
        if (size is not { } value)
        {
            return "";
        }

        var unit = 0;
        for (; value > 0 && value % 1024 == 0 && unit < Units.Length; unit++)
        {
            value /= 1024;
        }

        return value.ToString(CultureInfo.InvariantCulture) + (unit > 0 ? Units[unit - 1] : "");
    }
}
