using RunTests;

// test.sh and test.cmd install what is missing and then come here, so that both do the same.
if (args.Any(arg => arg is "--help" or "-h"))
{
    Console.WriteLine(
        """
        Usage: test [--all] [NAME ...]

        Builds everything, checks the format, and runs the tests.
          --all   the long tests too: payloads of 1 GB, soaks, long fuzz
          NAME    only test projects whose name contains it, for example Node
        """);
    return 0;
}

var isAll = args.Contains("--all");
string[] names = [.. args.Where(arg => arg != "--all")];
if (names.FirstOrDefault(name => name.StartsWith('-')) is { } unknown)
{
    Console.Error.WriteLine($"{unknown} is no option. See --help.");
    return 2;
}

var root = Repository.FindRoot();
var results = new Results();
if (Repository.Restore(root) is not { } solution || !Shell.Run(root, "dotnet", "build", solution, "--no-restore", "-c", "Release", "-v", "q", "-nologo"))
{
    Console.WriteLine("The build has failed: no test was run.");
    return 1;
}

Console.WriteLine("== format");
if (!Shell.Run(root, "dotnet", "format", "whitespace", ".", "--folder", "--verify-no-changes"))
{
    results.Add(new Failure("format", "\"dotnet format\" mends it."));
}

foreach (var project in Repository.FindTests(root, solution).Where(project => names.Length == 0 || names.Any(name => project.Contains(name, StringComparison.OrdinalIgnoreCase))))
{
    results.Add(TestProject.Run(root, project, isAll));
}

return results.Tell();
