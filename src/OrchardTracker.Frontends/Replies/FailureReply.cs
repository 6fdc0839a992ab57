using System.Text;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>A refusal as clients read it: status 200, <c>failure reason</c>, and <c>retry in</c> where it helps (BEP 31).</summary>
public static class FailureReply
{
    private const int LongestDetail = 300;

    /// <summary>No refusal is longer.</summary>
    public const int MaxLength = 64 + 4 * LongestDetail;

    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> buffer, Failure failure, string? detail = null)
    {
        var writer = new ReplyWriter(buffer);
        writer.Raw("d14:failure reason"u8);
        if (detail is null)
        {
            writer.String(FailureTexts.Of(failure));
        }
        else
        {
            var text = detail.AsSpan(0, Math.Min(detail.Length, LongestDetail));
            writer.StringHead(Encoding.UTF8.GetByteCount(text));
            Span<byte> bytes = stackalloc byte[4 * LongestDetail];
            writer.Raw(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        switch (FailureTexts.RetryMinutes(failure))
        {
            case 0:
                writer.Raw("8:retry in5:never"u8);
                break;
            case { } minutes:
                // BEP 31 has the number as a string.
                Span<byte> digits = stackalloc byte[11];
                System.Buffers.Text.Utf8Formatter.TryFormat(minutes, digits, out var length);
                writer.Entry("8:retry in"u8, digits[..length]);
                break;
        }

        writer.Raw((byte)'e');
        return writer.Length;
    }
}
