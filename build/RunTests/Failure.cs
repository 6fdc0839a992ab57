namespace RunTests;

/// <summary>A test that failed, or a project that did.</summary>
/// <param name="Name">The project's.</param>
/// <param name="What">The test's name, or what went wrong.</param>
/// <param name="Method">The method of the test; null where no test is to blame.</param>
internal sealed record Failure(string Name, string What, string? Method = null) : Outcome(Name);
