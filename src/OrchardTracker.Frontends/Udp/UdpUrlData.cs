using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>The options after an announce (BEP 41): the path and query of the tracker's URL, in which the passkey stands.</summary>
internal static class UdpUrlData
{
    private const int LongestUrl = 512;
    private const byte EndOfOptions = 0;
    private const byte Nop = 1;
    private const byte UrlData = 2;

    public static void ReadPasskey(ReadOnlySpan<byte> options, ref PasskeyPresence presence, ref Passkey passkey)
    {
        if (options.IsEmpty)
        {
            return;
        }

        Span<char> url = stackalloc char[LongestUrl];
        var length = ReadUrl(options, url);
        if (length == 0)
        {
            return;
        }

        ReadOnlySpan<char> path = url[..length];
        var mark = path.IndexOf('?');
        if (mark >= 0)
        {
            ReadFromQuery(path[mark..], ref presence, ref passkey);
            path = path[..mark];
        }

        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment.Length == Passkey.TextLength && Passkey.TryParse(segment, out passkey))
            {
                presence = PasskeyPresence.Present;
                return;
            }
        }
    }

    private static void ReadFromQuery(ReadOnlySpan<char> query, ref PasskeyPresence presence, ref Passkey passkey)
    {
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            if (reader.Name is "passkey")
            {
                PasskeyText.Read(reader.Value, ref presence, ref passkey);
            }
        }
    }

    /// <summary>Puts the pieces together; what is malformed or too long ends the reading, as if the options ended there.</summary>
    private static int ReadUrl(ReadOnlySpan<byte> options, Span<char> url)
    {
        var length = 0;
        while (!options.IsEmpty && options[0] != EndOfOptions)
        {
            if (options[0] == Nop)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options.Length < 2 + options[1])
            {
                break;
            }

            var data = options.Slice(2, options[1]);
            if (options[0] == UrlData)
            {
                if (length + data.Length > url.Length)
                {
                    break;
                }

                foreach (var value in data)
                {
                    url[length++] = (char)value;
                }
            }

            options = options[(2 + data.Length)..];
        }

        return length;
    }
}
