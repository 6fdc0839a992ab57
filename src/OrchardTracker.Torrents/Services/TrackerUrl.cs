namespace OrchardTracker.Torrents.Services;

/// <summary>Addresses of trackers as they may be shown.</summary>
public static class TrackerUrl
{
    private const int LongestPlain = 15;
    private const string Mask = "…";

    /// <summary>
    /// A passkey in an address lets whoever reads it announce as its owner, and pages are shown to others: on screens, in
    /// pictures of screens. What looks like one is left out.
    /// </summary>
    public static string WithoutSecrets(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return url;
        }

        var path = string.Join('/', uri.AbsolutePath.Split('/').Select(segment => segment.Length > LongestPlain ? Mask : segment));
        return $"{uri.Scheme}://{uri.Authority}{path}{(uri.Query.Length > 1 ? "?" + Mask : "")}";
    }

    /// <summary>Whether an address was made to be shown: as that of a tracker it is of no use.</summary>
    public static bool LacksSecrets(string url) =>
        url.Contains(Mask, StringComparison.Ordinal) || url.Contains(Uri.EscapeDataString(Mask), StringComparison.OrdinalIgnoreCase);
}
