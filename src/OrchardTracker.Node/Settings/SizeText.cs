using System.Globalization;

namespace OrchardTracker.Node;

/// <summary>Sizes in bytes, for reading (<c>256K</c>, <c>4MiB</c>, <c>65536</c>) and for people.</summary>
internal static class SizeText
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static int? Read(SettingsReader reader, string key)
    {
        var text = reader.Text(key);
        if (text is null)
        {
            return null;
        }

        return TryParse(text, out var size) && size is >= 16 << 10 and <= 32 << 20 && long.IsPow2(size)
            ? (int)size
            : reader.Fault<int?>(key, text, "must be a power of two from 16K to 32M", null);
    }

    public static bool TryParse(string text, out long size)
    {
        text = text.Trim().ToUpperInvariant().Replace("IB", "", StringComparison.Ordinal).TrimEnd('B');
        var factor = text is [.., var unit and ('K' or 'M' or 'G')] ? 1L << (10 * (1 + "KMG".IndexOf(unit, StringComparison.Ordinal))) : 1;
        var digits = factor > 1 ? text.AsSpan(0, text.Length - 1).TrimEnd() : text;
        size = 0;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / factor)
        {
            return false;
        }

        size = number * factor;
        return true;
    }

    public static string Write(long size)
    {
        double value = size;
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        var format = unit == 0 || value >= 100 ? "0" : value >= 10 ? "0.#" : "0.##";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {(size == 1 ? "byte" : Units[unit])}";
    }
}
