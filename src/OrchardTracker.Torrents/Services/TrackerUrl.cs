namespace OrchardTracker.Torrents.Services;

/// <summary>Addresses of trackers as they may be shown.</summary>
public static class TrackerUrl
{
    private const int LongestPlain = 15;

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

        var path = string.Join('/', uri.AbsolutePath.Split('/').Select(segment => segment.Length > LongestPlain ? "…" : segment));
        return $"{uri.Scheme}://{uri.Authority}{path}{(uri.Query.Length > 1 ? "?…" : "")}";
    }
}
