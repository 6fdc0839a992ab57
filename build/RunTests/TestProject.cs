using System.Xml;
using System.Xml.Linq;

namespace RunTests;

/// <summary>Runs one test project in a process of its own.</summary>
internal static class TestProject
{
    // Longer than anything takes: so that what hangs does not hang for ever.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan LongBound = TimeSpan.FromHours(6);

    public static IEnumerable<Outcome> Run(string root, string project, bool isAll)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var folder = Path.Combine(root, Path.GetDirectoryName(project)!, "bin", "Release", "net10.0");
        var report = Path.Combine(folder, "results.xml");
        File.Delete(report);
        Console.WriteLine($"== {name}");
        var bound = isAll ? LongBound : Bound;
        string[] plain = Console.IsOutputRedirected ? ["-noColor"] : [];
        var code = Shell.Run(folder, bound, "dotnet", [name + ".dll", "-noLogo", .. plain, "-longRunning", "300", "-xml", report, "-explicit", isAll ? "on" : "off"]);
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
            _ => new Failure(project, name),
        };
    }
}
