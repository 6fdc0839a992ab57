namespace OrchardTracker.Publishing.Tests.Seeding;

public sealed class RateBucketTests
{
    [Fact]
    public async Task Should_let_no_more_through_than_the_rate()
    {
        var clock = new SteppedClock();
        var bucket = new RateBucket(1_000, clock);
        var taken = new List<Task>();
        for (var i = 0; i < 10; i++)
        {
            taken.Add(bucket.TakeAsync(500, TestContext.Current.CancellationToken).AsTask());
        }

        for (var half = 1; half <= 10; half++)
        {
            Assert.Equal(half - 1, taken.Count(task => task.IsCompleted));
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Eventually.IsTrueAsync(() => taken.Count(task => task.IsCompleted) == half, $"{half} portions are through");
        }
    }

    [Fact]
    public void Should_let_everything_through_without_a_rate()
    {
        var bucket = new RateBucket(0, new SteppedClock());

        Assert.True(bucket.TakeAsync(int.MaxValue, TestContext.Current.CancellationToken).IsCompleted);
        Assert.Equal(int.MaxValue, bucket.Portion);
    }
}
