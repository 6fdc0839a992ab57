namespace OrchardTracker.Site.Tests.Media;

/// <summary>A temporary folder for clients and what they are given.</summary>
internal sealed class ClientFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orchardtracker-client-").FullName;

    public string New(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
