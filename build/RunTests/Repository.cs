using System.Text.Json;
using System.Text.RegularExpressions;

namespace RunTests;

/// <summary>What is to be built here, and what can be.</summary>
internal static partial class Repository
{
    private const string Whole = "OrchardTracker.sln";
    private const string Libraries = "OrchardTracker.Libraries.slnf";

    public static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Whole)))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{Whole} is nowhere above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    /// <summary>
    /// Restores the whole solution; where the package sources hold no Orchard Core, or there are none, that part of it
    /// which needs no Orchard Core.
    /// </summary>
    /// <returns>The solution to build; null when restoring failed for another reason.</returns>
    public static string? Restore(string root)
    {
        var (succeeded, output) = Shell.Read(root, "dotnet", "restore", Whole, "-v", "q");
        if (succeeded)
        {
            return Whole;
        }

        string[] errors = [.. Errors().Matches(output).Select(match => match.Value).Distinct()];
        if (errors.Length == 0 || errors.Any(error => !MissingPackage().IsMatch(error) && !MissingSource().IsMatch(error)))
        {
            Console.Error.WriteLine(output);
            return null;
        }

        // A source that is missing is no obstacle when all that the rest needs is on this machine.
        (succeeded, output) = Shell.Read(root, "dotnet", "restore", Libraries, "-v", "q");
        if (!succeeded)
        {
            Console.Error.WriteLine(output);
            return null;
        }

        var leftOut = ProjectsOf(root, Whole).Except(ProjectsOf(root, Libraries)).Select(Path.GetFileNameWithoutExtension);
        Console.WriteLine($"Left out: {string.Join(", ", leftOut)}, because {Reason(errors)}. The rest is built and tested.");
        return Libraries;
    }

    private static string Reason(string[] errors)
    {
        string[] missing = [.. errors.Select(error => MissingPackage().Match(error).Groups[1].Value).Where(package => package.Length > 0).Distinct().Order()];
        var others = missing.Length > 1 ? $" and {missing.Length - 1} more packages of Orchard Core" : "";
        return missing.Length > 0
            ? $"the package sources of this machine have no {missing[0]}{others}"
            : "this machine has no package source, or one that cannot be reached";
    }

    /// <summary>The test projects of a solution.</summary>
    public static IEnumerable<string> FindTests(string root, string solution) =>
        ProjectsOf(root, solution).Where(path => path.StartsWith("test/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string[] ProjectsOf(string root, string solution)
    {
        var text = File.ReadAllText(Path.Combine(root, solution));
        var paths = solution == Whole
            ? Projects().Matches(text).Select(match => match.Groups[1].Value)
            : JsonDocument.Parse(text).RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(path => path.GetString()!);
        return [.. paths.Select(path => path.Replace('\\', '/'))];
    }

    [GeneratedRegex(@"error [A-Z]+\d+\s*:[^\r\n]*")]
    private static partial Regex Errors();

    // The package is in no source, or not in this version.
    [GeneratedRegex(@"^error NU110[12]\s*: Unable to find package (OrchardCore\.[\w.]+?)(?: with version|\.? No packages)")]
    private static partial Regex MissingPackage();

    // There is no source at all, or one that cannot be reached.
    [GeneratedRegex(@"^error NU1(?:100|301)\b")]
    private static partial Regex MissingSource();

    [GeneratedRegex("= \"[^\"]+\", \"([^\"]+\\.csproj)\"")]
    private static partial Regex Projects();
}
