using System.Globalization;

namespace OrchardTracker.Node;

/// <summary>Times as operators write them: <c>30m</c>, <c>1800s</c>, <c>1800</c> (seconds), <c>00:30:00</c>.</summary>
internal static class TimeText
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)), ("", TimeSpan.FromSeconds(1)),
    ];

    public static bool TryParse(string text, out TimeSpan time)
    {
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
        }

        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= TimeSpan.MaxValue.TotalSeconds / unit.TotalSeconds / 2)
            {
                time = unit * number;
                return true;
            }
        }

        time = default;
        return false;
    }

    /// <summary>In the largest unit that leaves no rest.</summary>
    public static string Write(TimeSpan time)
    {
        foreach (var (suffix, unit) in Units.Reverse().Skip(1))
        {
            if (time.Ticks % unit.Ticks == 0 && time != TimeSpan.Zero)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / unit.Ticks}{suffix}");
            }
        }

        return "0s";
    }
}
