using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Settings;

/// <summary>Which program the beginning of a peer id belongs to.</summary>
internal static class ClientPrefix
{
    // The commonest form (BEP 20): a prefix is completed to an id that could be.
    private const string Pattern = "-XX0000-000000000000";

    /// <returns>Null for one that is not known.</returns>
    public static string? NameOf(string prefix)
    {
        if (prefix.Length is 0 or > PeerId.Length || prefix.Any(character => character > '\xFF'))
        {
            return null;
        }

        var name = ClientName.Of(new PeerId(Encoding.Latin1.GetBytes(prefix + Pattern[prefix.Length..])));
        return name.IsKnown ? name.Name : null;
    }
}
