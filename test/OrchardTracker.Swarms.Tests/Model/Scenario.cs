namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>A store's bounds, and what happens to it.</summary>
internal sealed record Scenario(StoreLimits Limits, IReadOnlyList<Step> Steps)
{
    public override string ToString() => $"{Limits}{Environment.NewLine}{string.Join(Environment.NewLine, Steps)}";

    /// <summary>The same with fewer steps, the shortest first.</summary>
    public IEnumerable<Scenario> Shrink()
    {
        for (var cut = Steps.Count / 2; cut > 0; cut /= 2)
        {
            for (var from = 0; from + cut <= Steps.Count; from += cut)
            {
                yield return this with { Steps = [.. Steps.Take(from), .. Steps.Skip(from + cut)] };
            }
        }
    }
}
