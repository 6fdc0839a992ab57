using System.Globalization;
using System.Text;

namespace OrchardTracker.BitTorrent;

internal static class MagnetWriter
{
    public static string Write(MagnetLink link)
    {
        var text = new StringBuilder("magnet:?");
        Add(text, "xt", link.InfoHashV1 is { } v1 ? $"urn:btih:{v1}" : null);
        Add(text, "xt", link.InfoHashV2 is { } v2 ? $"urn:btmh:{MagnetReader.Sha256Multihash}{v2}" : null);
        Add(text, "dn", link.Name is { } name ? Uri.EscapeDataString(name) : null);
        Add(text, "xl", link.Length?.ToString(CultureInfo.InvariantCulture));
        foreach (var tracker in link.Trackers)
        {
            Add(text, "tr", Uri.EscapeDataString(tracker));
        }

        foreach (var seed in link.WebSeeds)
        {
            Add(text, "ws", Uri.EscapeDataString(seed));
        }

        Add(text, "so", link.SelectedFiles.Count > 0 ? string.Join(',', link.SelectedFiles) : null);
        foreach (var peer in link.Peers)
        {
            // As BEP 9 writes it: clients do not look for escapes here.
            Add(text, "x.pe", peer);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(text[^1] == '?' ? "" : "&").Append(key).Append('=').Append(value);
        }
    }
}
