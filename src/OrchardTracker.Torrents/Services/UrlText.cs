using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Services;

/// <summary>Addresses in the text fields of forms.</summary>
internal static class UrlText
{
    public static string WriteLines(IEnumerable<string> urls) => string.Join('\n', urls);

    public static string WriteTiers(IEnumerable<IEnumerable<string>> tiers) => string.Join("\n\n", tiers.Select(WriteLines));

    public static List<string> ReadLines(string? text) => [.. ReadTiers(text).SelectMany(tier => tier).Distinct()];

    /// <summary>One address to a line; an empty line begins the next tier.</summary>
    public static List<List<string>> ReadTiers(string? text)
    {
        List<List<string>> tiers = [];
        List<string>? tier = null;
        foreach (var line in (text ?? "").Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0)
            {
                tier = null;
                continue;
            }

            if (tier is null)
            {
                tiers.Add(tier = []);
            }

            tier.Add(line);
        }

        return tiers;
    }

    public static bool IsTracker(string url) => IsAccepted(() => new MetainfoEdit().SetTracker(url));

    public static bool IsWebSeed(string url) => IsAccepted(() => new MetainfoEdit().SetWebSeeds([url]));

    private static bool IsAccepted(Action set)
    {
        try
        {
            set();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
