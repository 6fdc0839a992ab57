using System.Globalization;

namespace OrchardTracker.Frontends;

/// <summary>Undoes percent-encoding into bytes: an info-hash is bytes, and as text it would be ruined.</summary>
internal static class PercentEncoding
{
    /// <summary>Decodes as many bytes as fit.</summary>
    /// <returns>The number of bytes that the text stands for, even if more than fit; -1 when an escape is broken.</returns>
    public static int Decode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            int value = text[i];
            if (value == '%')
            {
                if (i + 2 >= text.Length)
                {
                    return -1;
                }

                var high = HexValue(text[i + 1]);
                var low = HexValue(text[i + 2]);
                if ((high | low) < 0)
                {
                    return -1;
                }

                value = high << 4 | low;
                i += 2;
            }
            else if (value == '+')
            {
                value = ' ';
            }
            else if (value > 0x7F)
            {
                // A server that reads its request line as Latin-1 hands over bytes that a careless client left bare.
                if (value > 0xFF)
                {
                    return -1;
                }
            }

            if (length < destination.Length)
            {
                destination[length] = (byte)value;
            }

            length++;
        }

        return length;
    }

    /// <summary>Reads a number of digits only; false when it is none or exceeds 64 bits.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int HexValue(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
