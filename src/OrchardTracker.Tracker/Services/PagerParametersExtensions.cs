using OrchardCore.Navigation;

namespace OrchardTracker.Tracker.Services;

internal static class PagerParametersExtensions
{
    private const int LastPage = 1_000_000;
    private const int LargestPage = 100;

    /// <summary>The page that is asked for, within bounds: both numbers come from the address of a request.</summary>
    public static Pager ToPager(this PagerParameters parameters, int usualSize) => new(
        Math.Clamp(parameters.Page ?? 1, 1, LastPage),
        Math.Clamp(parameters.PageSize ?? usualSize, 1, LargestPage),
        usualSize);
}
