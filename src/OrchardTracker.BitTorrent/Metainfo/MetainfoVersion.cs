namespace OrchardTracker.BitTorrent;

/// <summary>Which clients a torrent is for.</summary>
public enum MetainfoVersion
{
    /// <summary>SHA-1 pieces over all files together (BEP 3).</summary>
    V1,

    /// <summary>SHA-256 trees, one a file (BEP 52).</summary>
    V2,

    /// <summary>Both views of the same files in one <c>info</c> dictionary (BEP 52).</summary>
    Hybrid,
}
