namespace OrchardTracker.BitTorrent;

/// <summary>Files of a torrent by their number, from zero; both ends belong to the range (BEP 53).</summary>
public readonly record struct FileRange(int First, int Last)
{
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
