namespace RunTests;

/// <summary>A test that failed among the others and passed when it was run again, alone.</summary>
/// <param name="Name">The project's.</param>
internal sealed record Unsteady(string Name, string What) : Outcome(Name);
