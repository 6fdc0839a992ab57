namespace OrchardTracker.Bench;

/// <summary>A program that seeds the torrent, and is ready to.</summary>
/// <param name="Slots">Peers that it serves at once, at most.</param>
internal sealed record RunningSeeder(string Name, ToolProcess Process, int Port, int Slots) : IDisposable
{
    public void Dispose() => Process.Dispose();
}
