namespace OrchardTracker.Swarms.Tests.Peers;

public sealed class CoarseTimeTests
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Should_stand_for_the_clock_of_the_system_and_for_no_other()
    {
        var other = new TestClock();

        Assert.IsType<CoarseTime>(CoarseTime.For(TimeProvider.System));
        Assert.Same(other, CoarseTime.For(other));
        Assert.Same(CoarseTime.For(TimeProvider.System), CoarseTime.For(CoarseTime.For(TimeProvider.System)));
    }

    [Fact]
    public async Task Should_pass_as_time_does()
    {
        var (time, exact) = (CoarseTime.For(TimeProvider.System), TimeProvider.System);
        var outerStart = exact.GetTimestamp();
        var start = time.GetTimestamp();
        var innerStart = exact.GetTimestamp();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);

        // However long the machine takes for these lines: the one time lies within the other, but for a tick.
        var inner = exact.GetElapsedTime(innerStart);
        var passed = time.GetElapsedTime(start);
        var outer = exact.GetElapsedTime(outerStart);
        Assert.InRange(passed, inner - LongestTick, outer + LongestTick);
    }
}
