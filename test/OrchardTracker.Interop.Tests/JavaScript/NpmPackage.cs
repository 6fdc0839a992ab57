namespace OrchardTracker.Interop.Tests.JavaScript;

/// <summary>npm's bittorrent-tracker, installed once for all tests that use it, where npm is and reaches its registry.</summary>
public sealed class NpmPackage : IAsyncLifetime
{
    // Later ones need a compiled part even where no WebRTC is asked for.
    private const string Name = "bittorrent-tracker@11.0.0";
    private const string Program = "tracker_client.mjs";

    private readonly string _folder = Directory.CreateTempSubdirectory("orchardtracker-npm-").FullName;
    private string _fault = "";

    /// <summary>The program that uses it, beside which it is found; skips the test when there is none.</summary>
    public string Require()
    {
        Tool.Require("node", "nodejs");
        Assert.SkipWhen(_fault.Length > 0, $"{Name} could not be installed: {_fault}");
        return Path.Combine(_folder, Program);
    }

    public async ValueTask InitializeAsync()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "JavaScript", Program), Path.Combine(_folder, Program));
        _fault = await Npm.InstallAsync(Name, _folder);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
