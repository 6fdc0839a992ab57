using System.Diagnostics;

namespace OrchardTracker.Publishing.Tests;

internal static class Eventually
{
    // Generous: a machine under load is slow, and that is no failure.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static async Task IsTrueAsync(Func<bool> condition, string expectation)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Bound, $"Not within {Bound}: {expectation}");
            await Task.Delay(20);
        }
    }
}
