using System.Diagnostics;

namespace OrchardTracker.Node.Tests;

internal static class Eventually
{
    // Generous: a machine under load is slow, and that is no failure.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static Task IsTrueAsync(Func<bool> condition, Func<string> expectation) => IsTrueAsync(() => Task.FromResult(condition()), expectation);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Bound, $"Not within {Bound}: {expectation()}");
            await Task.Delay(20);
        }
    }
}
