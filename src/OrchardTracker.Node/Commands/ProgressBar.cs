using System.Diagnostics;
using System.Globalization;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>Shows how far hashing has come: a bar on a terminal, a line now and then anywhere else.</summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal) : IProgress<HashingProgress>, IDisposable
{
    private const int Width = 30;

    private static readonly TimeSpan BetweenDraws = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shownAt = TimeSpan.MinValue;
    private int _shownLength;

    public void Report(HashingProgress value)
    {
        lock (_gate)
        {
            var now = _clock.Elapsed;
            var isLast = value.BytesDone >= value.TotalBytes;
            if (!isLast && _shownAt != TimeSpan.MinValue && now - _shownAt < (isTerminal ? BetweenDraws : BetweenLines))
            {
                return;
            }

            _shownAt = now;
            var share = value.TotalBytes > 0 ? (double)value.BytesDone / value.TotalBytes : 1;
            var text = Describe(value, share, now);
            if (!isTerminal)
            {
                output.WriteLine(text);
                return;
            }

            var filled = (int)(share * Width);
            var line = $"[{new string('#', filled)}{new string('.', Width - filled)}] {text}";

            // What the last line left behind it is wiped out.
            output.Write('\r' + line.PadRight(_shownLength));
            _shownLength = line.Length;
        }
    }

    public void Dispose()
    {
        if (isTerminal && _shownLength > 0)
        {
            output.WriteLine();
        }
    }

    private static string Describe(HashingProgress value, double share, TimeSpan elapsed)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{100 * share,3:0} %  {SizeText.Write(value.BytesDone)} of {SizeText.Write(value.TotalBytes)}");
        if (value.BytesDone == 0 || elapsed.TotalSeconds < 0.2)
        {
            return text;
        }

        var speed = (long)(value.BytesDone / elapsed.TotalSeconds);
        var left = TimeSpan.FromSeconds(Math.Ceiling((value.TotalBytes - value.BytesDone) / (double)Math.Max(1, speed)));
        return $"{text}  {SizeText.Write(speed)}/s" + (left > TimeSpan.Zero ? $"  {left:hh\\:mm\\:ss} left" : "");
    }
}
