namespace OrchardTracker.BitTorrent;

/// <summary>A file with its place in the row of bytes that pieces are cut from.</summary>
internal readonly record struct PlannedFile(TorrentSource Source, long Offset)
{
    public long End => Offset + Source.Length;
}
