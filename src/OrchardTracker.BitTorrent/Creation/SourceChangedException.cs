namespace OrchardTracker.BitTorrent;

/// <summary>A file was written to while a torrent was being made of it. It is worth trying again once it rests.</summary>
public sealed class SourceChangedException(string path)
    : IOException($"'{path}' changed while it was being read; the torrent would not fit it.")
{
    /// <summary>The file's path within the torrent.</summary>
    public string Path { get; } = path;
}
