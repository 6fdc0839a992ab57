using Microsoft.Extensions.Localization;

namespace OrchardTracker.Tracker.Services;

/// <summary>Sizes, times and ratios as people read them, in the culture of the request.</summary>
public sealed class Readable(IStringLocalizer<Readable> localizer)
{
    internal readonly IStringLocalizer S = localizer;

    public string Bytes(long bytes)
    {
        string[] units = [S["bytes"], S["KiB"], S["MiB"], S["GiB"], S["TiB"], S["PiB"], S["EiB"]];
        double value = bytes;
        var unit = 0;
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return $"{value.ToString(unit == 0 ? "N0" : value < 10 ? "N2" : "N1", System.Globalization.CultureInfo.CurrentCulture)} {units[unit]}";
    }

    public string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => S["{0} d {1} h", (int)time.TotalDays, time.Hours],
        { TotalHours: >= 1 } => S["{0} h {1} min", time.Hours, time.Minutes],
        { TotalMinutes: >= 1 } => S["{0} min", time.Minutes],
        _ => S["{0} s", time.Seconds],
    };

    /// <param name="ratio">Null for who has downloaded nothing.</param>
    public string Ratio(double? ratio) => ratio is { } value ? Math.Min(value, 9999.99).ToString("N2", System.Globalization.CultureInfo.CurrentCulture) : "–";
}
