namespace RunTests;

/// <summary>A test that failed, or a project that did.</summary>
internal sealed record Failure(string Name, string What) : Outcome(Name);
