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
            await Eventually.IsTrueAsync(() => clock.Waiting > 0, "the next one waits for its time");
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Eventually.IsTrueAsync(() => taken.Count(task => task.IsCompleted) == half, $"{half} portions are through");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_not_have_others_wait_for_who_gave_up(bool isFirst)
    {
        var clock = new SteppedClock();
        var bucket = new RateBucket(1_000, clock);
        using var givenUp = new CancellationTokenSource();
        var before = isFirst ? Task.CompletedTask : TakeAsync(bucket, 500);
        var large = bucket.TakeAsync(1_000_000, givenUp.Token).AsTask();
        var behind = TakeAsync(bucket, 500);

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);

        await Eventually.IsTrueAsync(() => clock.Waiting == 1, "the next one waits for its time");
        clock.Advance(TimeSpan.FromSeconds(0.5));
        await before;
        if (!isFirst)
        {
            await Eventually.IsTrueAsync(() => clock.Waiting == 1, "the one behind waits for its time");
            Assert.False(behind.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(0.5));
        }

        await behind.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_not_make_up_for_the_time_that_somebody_waited_and_gave_up()
    {
        var clock = new SteppedClock();
        var bucket = new RateBucket(1_000, clock);
        using var givenUp = new CancellationTokenSource();
        var large = bucket.TakeAsync(1_000_000, givenUp.Token).AsTask();
        Task[] behind = [TakeAsync(bucket, 500), TakeAsync(bucket, 500)];

        clock.Advance(TimeSpan.FromSeconds(100));
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);

        // A quarter of a second may be made up for.
        await Eventually.IsTrueAsync(() => clock.Waiting == 1, "the next one waits for its time");
        Assert.DoesNotContain(behind, task => task.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.25));
        await Eventually.IsTrueAsync(() => behind[0].IsCompleted && clock.Waiting == 1, "the first is through, the second waits");
        Assert.False(behind[1].IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        await Eventually.IsTrueAsync(() => behind[1].IsCompleted, "the second is through");
    }

    [Fact]
    public void Should_let_everything_through_without_a_rate()
    {
        var bucket = new RateBucket(0, new SteppedClock());

        Assert.True(bucket.TakeAsync(int.MaxValue, TestContext.Current.CancellationToken).IsCompleted);
        Assert.Equal(int.MaxValue, bucket.Portion);
    }

    private static Task TakeAsync(RateBucket bucket, int bytes) => bucket.TakeAsync(bytes, TestContext.Current.CancellationToken).AsTask();
}
