namespace OrchardTracker.Torrents.Data;

/// <summary>Times as the plain tables have them.</summary>
internal static class UnixSeconds
{
    public static long Of(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds();
}
