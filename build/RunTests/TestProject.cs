using System.Xml;
using System.Xml.Linq;

namespace RunTests;

/// <summary>Runs one test project in a process of its own.</summary>
internal static class TestProject
{
    // Longer than anything takes: so that what hangs does not hang for ever.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan LongBound = TimeSpan.FromHours(6);

    // More than that is no accident.
    private const int MostAgain = 3;

    /// <summary>
    /// Runs all tests of a project. Where they drive browsers and other people's programs, what failed is run once more,
    /// alone: what passes then is named, but no failure. Elsewhere a failure stands, however rare it is.
    /// </summary>
    public static IReadOnlyCollection<Outcome> Run(string root, string project, bool isAll)
    {
        var outcomes = RunOnce(root, project, isAll, []);
        string[] methods = [.. outcomes.OfType<Failure>().Select(failure => failure.Method).OfType<string>().Distinct()];
        if (methods.Length is 0 or > MostAgain || !(project.Contains("Interop", StringComparison.Ordinal) || project.Contains("Site", StringComparison.Ordinal)))
        {
            return outcomes;
        }

        Console.WriteLine("== once more, alone: what failed");
        var again = RunOnce(root, project, isAll, methods);
        if (again.Any(outcome => outcome is Failure { Method: null }))
        {
            return outcomes;
        }

        var passed = again.OfType<Success>().Select(success => success.Name).ToHashSet();
        return [.. outcomes.Select(outcome => outcome is Failure failure && passed.Contains(failure.What) ? new Unsteady(failure.Name, failure.What) : outcome)];
    }

    private static Outcome[] RunOnce(string root, string project, bool isAll, string[] methods)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var folder = Path.Combine(root, Path.GetDirectoryName(project)!, "bin", "Release", "net10.0");
        var report = Path.Combine(folder, "results.xml");
        File.Delete(report);
        Console.WriteLine($"== {name}");
        var bound = isAll ? LongBound : Bound;
        string[] plain = Console.IsOutputRedirected ? ["-noColor"] : [];
        var code = Shell.Run(folder, bound, "dotnet", [name + ".dll", "-noLogo", .. plain, "-longRunning", "300", "-xml", report, "-explicit", isAll ? "on" : "off", .. methods.SelectMany(method => new[] { "-method", method })]);
        var outcomes = Read(name, report);
        return code switch
        {
            null => [.. outcomes, new Failure(name, $"did not end within {bound.TotalMinutes:0} minutes.")],
            _ when outcomes.Length == 0 => [new Failure(name, $"ran no test and ended with code {code}.")],
            not 0 when !outcomes.Any(outcome => outcome is Failure) => [.. outcomes, new Failure(name, $"crashed: it ended with code {code}.")],
            _ => outcomes,
        };
    }

    private static Outcome[] Read(string project, string report)
    {
        try
        {
            var assemblies = XDocument.Load(report).Root!.Elements("assembly").ToArray();
            return
            [
                .. assemblies.Descendants("test").Select(test => Read(project, test)).OfType<Outcome>(),

                // What failed outside of every test: setting up, cleaning up.
                .. assemblies.Descendants("error").Select(error => new Failure(project, (string?)error.Attribute("name") ?? "an error outside of a test")),
            ];
        }
        catch (Exception error) when (error is IOException or XmlException)
        {
            return [];
        }
    }

    private static Outcome? Read(string project, XElement test)
    {
        var name = (string)test.Attribute("name")!;
        return (string?)test.Attribute("result") switch
        {
            "Pass" => new Success(name),
            "Skip" => new Skip(name, (string?)test.Element("reason") ?? ""),
            "NotRun" => null,
            _ => new Failure(project, name, $"{(string?)test.Attribute("type")}.{(string?)test.Attribute("method")}"),
        };
    }
}
