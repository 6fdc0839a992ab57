using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OrchardTracker.Torrents.Searching;

/// <summary>A place in a sorted list, which holds still while torrents come and go before it.</summary>
/// <param name="Value">What the torrent is sorted by: a number, or the title in lower case.</param>
/// <param name="Id">Tells torrents with the same value apart.</param>
public sealed record TorrentCursor(TorrentOrder Order, bool IsAscending, string Value, long Id)
{
    private const int LongestText = 2_000;

    public static bool TryParse(string? text, [NotNullWhen(true)] out TorrentCursor? cursor)
    {
        cursor = null;
        if (text is not { Length: > 0 and <= LongestText } || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 4);
        if (parts is not [var order, var direction, var id, var value]
            || !Enum.TryParse<TorrentOrder>(order, out var parsed)
            || !Enum.IsDefined(parsed)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || (parsed != TorrentOrder.Name && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return false;
        }

        cursor = new TorrentCursor(parsed, direction == "a", value, number);
        return true;
    }

    /// <summary>As it stands in a URL.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Order}|{(IsAscending ? "a" : "d")}|{Id}|{Value}")));
}
