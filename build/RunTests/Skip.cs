namespace RunTests;

/// <summary>A test that could not run here.</summary>
internal sealed record Skip(string Name, string Reason) : Outcome(Name);
