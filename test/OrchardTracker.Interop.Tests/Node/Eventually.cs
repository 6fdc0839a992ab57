using System.Diagnostics;

namespace OrchardTracker.Interop.Tests.Node;

internal static class Eventually
{
    // Generous: some clients begin only after a wait of their own, and machines are slow.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static Task IsTrueAsync(Func<bool> condition, Func<string> expectation) => IsTrueAsync(() => Task.FromResult(condition()), expectation);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Bound, $"Not within {Bound}: {expectation()}");
            await Task.Delay(50);
        }
    }
}
