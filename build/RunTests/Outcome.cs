namespace RunTests;

/// <summary>What became of a test.</summary>
/// <param name="Name">The test's, or the project's where no test is to blame.</param>
internal abstract record Outcome(string Name);
