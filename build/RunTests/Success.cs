namespace RunTests;

/// <summary>A test that passed.</summary>
internal sealed record Success(string Name) : Outcome(Name);
