using System.Net;

namespace OrchardTracker.Swarms.Tests.Rates;

public sealed class AddressRatesTests
{
    private readonly TestClock _clock = new();
    private readonly AddressRates _rates;

    public AddressRatesTests() => _rates = new AddressRates(_clock);

    [Theory]
    [InlineData(60, 1)]
    [InlineData(60, 10)]
    [InlineData(1, 3)]
    [InlineData(60_000, 5000)]
    public void Should_let_a_burst_through_and_no_more(int perMinute, int burst)
    {
        var limit = new RateLimit(perMinute, burst);

        Assert.Equal(burst, TakeUntilRefused("192.0.2.1", limit, burst + 10));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(60)]
    [InlineData(1200)]
    [InlineData(45_000)]
    [InlineData(60_000)]
    public void Should_let_the_steady_rate_through_for_ever(int perMinute)
    {
        const int Burst = 10;
        var limit = new RateLimit(perMinute, Burst);
        var taken = 0;
        for (var millisecond = 0; millisecond < 60_000; millisecond++)
        {
            taken += _rates.Take(Address("192.0.2.1"), limit) == TimeSpan.Zero ? 1 : 0;
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        // A request a millisecond, of which as many pass as may.
        Assert.InRange(taken, Math.Min(60_000, perMinute + Burst - 1) * 0.99, (perMinute + Burst) * 1.01);
    }

    [Fact]
    public void Should_say_how_long_to_wait()
    {
        var limit = new RateLimit(60, burst: 2);
        Take("192.0.2.1", limit);
        Take("192.0.2.1", limit);
        var wait = Take("192.0.2.1", limit);
        Assert.InRange(wait, TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1));

        _clock.Advance(wait - TimeSpan.FromMilliseconds(10));
        Assert.NotEqual(TimeSpan.Zero, Take("192.0.2.1", limit));
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(TimeSpan.Zero, Take("192.0.2.1", limit));
    }

    [Fact]
    public void Should_not_punish_who_is_refused_any_longer()
    {
        var limit = new RateLimit(60, burst: 1);
        for (var request = 0; request < 1000; request++)
        {
            Take("192.0.2.1", limit);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, Take("192.0.2.1", limit));
    }

    [Fact]
    public void Should_give_a_new_burst_after_a_pause()
    {
        var limit = new RateLimit(60, burst: 30);
        Assert.Equal(30, TakeUntilRefused("192.0.2.1", limit, 100));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, TakeUntilRefused("192.0.2.1", limit, 100));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(30, TakeUntilRefused("192.0.2.1", limit, 100));
    }

    [Fact]
    public void Should_count_addresses_apart()
    {
        var limit = new RateLimit(60, burst: 1);

        Assert.All(Enumerable.Range(0, 200), number => Assert.Equal(TimeSpan.Zero, Take($"192.0.2.{number}", limit)));
        Assert.All(Enumerable.Range(0, 200), number => Assert.NotEqual(TimeSpan.Zero, Take($"192.0.2.{number}", limit)));
    }

    [Fact]
    public void Should_count_all_addresses_of_an_ipv6_customer_as_one()
    {
        var limit = new RateLimit(60, burst: 3);
        Assert.Equal(TimeSpan.Zero, Take("2001:db8:1:2::1", limit));
        Assert.Equal(TimeSpan.Zero, Take("2001:db8:1:2:ffff::1", limit));
        Assert.Equal(TimeSpan.Zero, Take("2001:db8:1:2::3", limit));

        Assert.NotEqual(TimeSpan.Zero, Take("2001:db8:1:2:8000::9", limit));
        Assert.Equal(TimeSpan.Zero, Take("2001:db8:1:3::1", limit));
    }

    [Fact]
    public void Should_take_a_mapped_address_for_the_ipv4_address_in_it()
    {
        var limit = new RateLimit(60, burst: 1);
        Take("192.0.2.1", limit);

        Assert.NotEqual(TimeSpan.Zero, Take("::ffff:192.0.2.1", limit));
    }

    [Fact]
    public void Should_keep_its_size_under_a_million_addresses()
    {
        var limit = new RateLimit(1, burst: 1);
        for (var warmUp = 0; warmUp < 100; warmUp++)
        {
            _rates.Take(PeerAddress.FromV4((uint)warmUp), limit);
        }

        // What it would keep for each address would show in every thousand; what the runtime makes once, in one.
        var allocated = new List<long>();
        for (uint thousand = 0; thousand < 1000; thousand++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var number = thousand * 1000; number < (thousand + 1) * 1000; number++)
            {
                _rates.Take(PeerAddress.FromV4(number * 2_654_435_761), limit);
            }

            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(allocated.Count(bytes => bytes == 0) > 900);

        // It still works for who comes now.
        Assert.Equal(TimeSpan.Zero, Take("2001:db8::1", limit));
        Assert.NotEqual(TimeSpan.Zero, Take("2001:db8::1", limit));
    }

    [Fact]
    public void Should_keep_who_is_busy_while_others_come_and_go()
    {
        // The one that is idle longest gives way, so who has a long debt is remembered over any number of strangers.
        var limit = new RateLimit(1, burst: 100);
        Assert.Equal(100, TakeUntilRefused("192.0.2.1", limit, 200));
        for (uint number = 0; number < 300_000; number++)
        {
            _rates.Take(PeerAddress.FromV4(0x0A000000 + number), limit);
        }

        Assert.NotEqual(TimeSpan.Zero, Take("192.0.2.1", limit));
    }

    [Fact]
    public void Should_let_no_more_through_when_many_threads_ask()
    {
        var limit = new RateLimit(60, burst: 10_000);
        var taken = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var request = 0; request < 20_000; request++)
            {
                if (Take("192.0.2.1", limit) == TimeSpan.Zero)
                {
                    Interlocked.Increment(ref taken);
                }
            }
        });

        Assert.Equal(10_000, taken);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(60_001, 1)]
    [InlineData(60, 0)]
    [InlineData(60, 1_000_001)]
    public void Should_refuse_a_limit_out_of_bounds(int perMinute, int burst) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimit(perMinute, burst));

    private static PeerAddress Address(string address) => PeerAddress.From(IPAddress.Parse(address));

    private TimeSpan Take(string address, RateLimit limit) => _rates.Take(Address(address), limit);

    private int TakeUntilRefused(string address, RateLimit limit, int most)
    {
        var taken = 0;
        while (taken < most && Take(address, limit) == TimeSpan.Zero)
        {
            taken++;
        }

        return taken;
    }
}
