namespace OrchardTracker.Swarms.Tests.Model;

/// <summary>Small choices out of one drawn number (SplitMix64), so that a step is drawn at once and shrinks as a whole.</summary>
internal struct Dice(ulong state)
{
    public int Roll(int sides)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }

    public bool Percent(int chance) => Roll(100) < chance;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Roll(choices.Length)];
}
