using System.Diagnostics;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>Waits for what happens by itself, with a bound so generous that only what never happens meets it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "It has not happened, however long one waits.");
            await Task.Delay(100);
        }
    }

    public static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));
}
