namespace RunTests;

/// <summary>All outcomes.</summary>
internal sealed class Results
{
    private readonly List<Outcome> _outcomes = [];

    public void Add(Outcome outcome) => _outcomes.Add(outcome);

    public void Add(IEnumerable<Outcome> outcomes) => _outcomes.AddRange(outcomes);

    /// <summary>Names what was skipped and what failed, and counts.</summary>
    /// <returns>The exit code.</returns>
    public int Tell()
    {
        Skip[] skipped = [.. _outcomes.OfType<Skip>()];
        Failure[] failed = [.. _outcomes.OfType<Failure>()];
        Tell("Skipped:", skipped.Select(skip => $"{skip.Name}: {skip.Reason}"));
        Tell("Passed only when run once more, alone:", _outcomes.OfType<Unsteady>().Select(unsteady => $"{unsteady.Name}: {unsteady.What}"));
        Tell("Failed:", failed.Select(failure => $"{failure.Name}: {failure.What}"));
        Console.WriteLine();
        var passed = _outcomes.Count(outcome => outcome is Success or Unsteady);
        Console.WriteLine($"{passed} passed, {failed.Length} failed, {skipped.Length} skipped");
        return failed.Length == 0 && passed > 0 ? 0 : 1;
    }

    private static void Tell(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        if (all.Length > 0)
        {
            Console.WriteLine();
            Console.WriteLine(heading);
            Array.ForEach(all, line => Console.WriteLine("  " + line));
        }
    }
}
