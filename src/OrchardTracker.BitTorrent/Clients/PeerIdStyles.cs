using System.Globalization;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>The ways in which clients write themselves into a peer id. Each gives null for an id that is not in its style.</summary>
internal static class PeerIdStyles
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>
    /// <c>-qB4520-</c>: two characters for the client, four for its version. FlashGet and a few others leave the last
    /// dash out, so it is not asked for.
    /// </summary>
    public static ClientName? Azureus(ReadOnlySpan<byte> id) =>
        id[0] == (byte)'-' && ClientTable.Azureus.TryGetValue(((char)id[1], (char)id[2]), out var client)
            ? new ClientName(client.Name, FormatVersion(id[3..7], client.Style), true)
            : null;

    /// <summary><c>M7-10-5--</c>: numbers between dashes.</summary>
    public static ClientName? Mainline(ReadOnlySpan<byte> id)
    {
        var name = (char)id[0] switch { 'M' => "BitTorrent", 'Q' => "Queen Bee", _ => null };
        if (name is null)
        {
            return null;
        }

        var parts = Encoding.Latin1.GetString(id[1..9]).Split('-');
        return parts.Length >= 3 && parts.Take(3).All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit))
            ? new ClientName(name, string.Join('.', parts.Take(3)), true)
            : null;
    }

    /// <summary><c>T03I-----</c>: a letter for the client, up to five characters for the version, then three dashes.</summary>
    public static ClientName? Shadow(ReadOnlySpan<byte> id)
    {
        if (!ClientTable.Shadow.TryGetValue((char)id[0], out var name) || !id[6..9].SequenceEqual("---"u8))
        {
            return null;
        }

        var numbers = Encoding.Latin1.GetString(id[1..6]).TrimEnd('-').Select(digit => Digits.IndexOf(digit, StringComparison.Ordinal)).ToArray();
        return numbers.Length > 0 && numbers.All(number => number >= 0)
            ? new ClientName(name, string.Join('.', numbers), true)
            : null;
    }

    /// <summary>Clients whose ids are like nobody else's.</summary>
    public static ClientName? Special(ReadOnlySpan<byte> id)
    {
        if (id.StartsWith("exbc"u8) || id.StartsWith("FUTB"u8))
        {
            var name = id[6..].StartsWith("LORD"u8) ? "BitLord" : "BitComet";
            return new ClientName(name, string.Create(CultureInfo.InvariantCulture, $"{id[4]}.{id[5]:d2}"), true);
        }

        if (id[..2].SequenceEqual("A2"u8))
        {
            // A2-1-36-0-
            var parts = Encoding.Latin1.GetString(id[2..]).Split('-');
            return parts.Length >= 5 && parts[0].Length == 0 && parts.Skip(1).Take(3).All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit))
                ? new ClientName("aria2", string.Join('.', parts.Skip(1).Take(3)), true)
                : null;
        }

        if (id[0] == 0 && id[2..4].SequenceEqual("BS"u8))
        {
            return new ClientName("BitSpirit", id[1].ToString(CultureInfo.InvariantCulture), true);
        }

        if (id[2..4].SequenceEqual("RS"u8) && char.IsAsciiDigit((char)id[0]) && char.IsAsciiDigit((char)id[1]))
        {
            return new ClientName("Rufus", $"{(char)id[0]}.{(char)id[1]}", true);
        }

        if (id.StartsWith("-ML"u8))
        {
            // -ML2.7.2-
            var version = Encoding.Latin1.GetString(id[3..]).Split('-')[0];
            var isVersion = version.Length is > 0 and <= 8 && version.All(c => char.IsAsciiDigit(c) || c == '.');
            return new ClientName("MLDonkey", isVersion ? version : null, true);
        }

        return null;
    }

    /// <summary>Clients that begin with a word.</summary>
    public static ClientName? Prefixed(ReadOnlySpan<byte> id)
    {
        foreach (var (prefix, name, style) in ClientTable.Prefixes)
        {
            if (id.StartsWith(prefix.Span))
            {
                return new ClientName(name, FormatVersion(id.Slice(prefix.Length, 4), style), true);
            }
        }

        return null;
    }

    private static string? FormatVersion(ReadOnlySpan<byte> digits, VersionStyle style)
    {
        Span<int> numbers = stackalloc int[digits.Length];
        for (var i = 0; i < digits.Length; i++)
        {
            numbers[i] = Digits.IndexOf((char)digits[i], StringComparison.Ordinal);
        }

        // All but the last part, which in some styles is a mark, must be digits of some kind.
        if (style == VersionStyle.None || numbers[..3].Contains(-1))
        {
            return null;
        }

        var (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var isDecimal = !numbers.ContainsAnyExceptInRange(0, 9);
        return style switch
        {
            VersionStyle.Digits when d > 0 => $"{a}.{b}.{c}.{d}",
            VersionStyle.Digits or VersionStyle.MarkedDigits => $"{a}.{b}.{c}{Mark(digits[3])}",
            VersionStyle.Pairs => isDecimal ? $"{(10 * a) + b}.{c}{d}" : null,
            VersionStyle.Numbers => isDecimal ? $"{(10 * a) + b}.{(10 * c) + d}" : null,
            VersionStyle.WideMinor => isDecimal ? $"{a}.{(10 * b) + c}.{d}" : null,
            VersionStyle.Transmission when a == 0 && b == 0 => isDecimal ? $"0.{(c == 0 ? "" : c)}{d}" : null,
            VersionStyle.Transmission when a < 4 => $"{a}.{b}{c}{Mark(digits[3])}",
            _ => $"{a}.{b}.{c}{Mark(digits[3])}",
        };
    }

    private static string Mark(byte mark) => (char)mark switch
    {
        'b' or 'B' => " (beta)",
        'd' => " (debug)",
        'x' or 'X' or 'Z' => " (development)",
        _ => "",
    };
}
