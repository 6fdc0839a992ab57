using System.Text;
using System.Text.Unicode;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Turns a torrent's bytes into text. UTF-8 is the rule (BEP 3); old torrents name another <c>encoding</c>, or none and
/// use one all the same. What cannot be read is shown as <c>%E9</c>, so that different bytes stay different names.
/// </summary>
internal sealed class TextDecoder
{
    private readonly Encoding? _declared;
    private readonly WarningList _warnings;

    public TextDecoder(string? declaredEncoding, WarningList warnings)
    {
        _warnings = warnings;
        _declared = declaredEncoding is null || IsUtf8Name(declaredEncoding) ? null : Find(declaredEncoding);
    }

    public string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        if (_declared is not null)
        {
            try
            {
                var text = _declared.GetString(bytes);
                _warnings.Add("Names are encoded as {0}, not as UTF-8; some clients will show them wrongly.", _declared.WebName);
                return text;
            }
            catch (DecoderFallbackException)
            {
                // Not what it says it is: shown byte by byte, below.
            }
        }

        _warnings.Add("Some text is not UTF-8; its bytes are shown as %xx.");
        return Escape(bytes);
    }

    private static bool IsUtf8Name(string name) =>
        name.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) || name.Equals("UTF8", StringComparison.OrdinalIgnoreCase);

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(
                    name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var b in bytes[..consumed])
                {
                    text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }
}
