using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Seeding;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Publishing.Tests;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>How many bytes web seeds let through, by a clock that a test steps.</summary>
public sealed class WebSeedRateTests
{
    private const int Rate = 256 << 10;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // What may go at once after a pause, and one portion that is under way.
    private const int Slack = (Rate / 4) + (Rate / 10);

    private readonly SteppedClock _clock = new();

    [Theory]
    [InlineData(Rate, 0, 4)]
    [InlineData(Rate, Rate, 4)]
    [InlineData(0, Rate, 1)]
    [InlineData(4 * Rate, Rate, 1)]
    public async Task Should_let_through_what_the_rates_allow_and_no_more(long total, long perTorrent, int torrents)
    {
        var meter = new WebSeedMeter(_clock);
        meter.Apply(new MediaTorrentSettings { WebSeedRate = total, WebSeedRatePerTorrent = perTorrent });
        using var stopping = new CancellationTokenSource();
        var readers = Enumerable.Range(0, torrents * 2).Select(i => ReadAsync(meter, i / 2, stopping.Token)).ToArray();

        for (var step = 1; step <= 16; step++)
        {
            _clock.Advance(Step);
            await MediaSteps.EventuallyAsync(
                () => Task.FromResult(meter.Uploaded >= (Rate * step / 4) - Slack), () => $"After {step} steps only {meter.Uploaded} bytes have gone.");
            Assert.InRange(meter.Uploaded, 0, (Rate * step / 4) + Slack);
        }

        await stopping.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Should_leave_to_others_what_a_torrent_may_not_have_by_its_own_rate()
    {
        const int MostAtOnce = 64;
        var meter = new WebSeedMeter(_clock);
        meter.Apply(new MediaTorrentSettings { WebSeedRate = 4 * Rate, WebSeedRatePerTorrent = Rate / 2 });
        using var stopping = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, MostAtOnce).Select(_ => ReadAsync(meter, 0, stopping.Token)).ToArray();
        var others = 0;
        var other = ReadAsync(meter, 1, stopping.Token, count => others += count);

        // All that the crowd asks for at once would be a second's of everybody.
        _clock.Advance(Step);
        await MediaSteps.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref others) > 0), () => "The other torrent waits for the crowd.");

        await stopping.CancelAsync();
        await Task.WhenAll([.. crowd, other]);
    }

    private static async Task ReadAsync(WebSeedMeter meter, int torrent, CancellationToken stopping, Action<int>? received = null)
    {
        var hash = new byte[InfoHash.Length];
        hash[0] = (byte)torrent;
        await using var stream = meter.Measure(new InfoHash(hash), new MemoryStream(new byte[32 << 20]));
        var buffer = new byte[64 << 10];
        try
        {
            while (await stream.ReadAsync(buffer, stopping) is > 0 and var count)
            {
                received?.Invoke(count);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
