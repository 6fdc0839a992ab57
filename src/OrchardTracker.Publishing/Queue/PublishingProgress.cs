namespace OrchardTracker.Publishing;

/// <summary>How far the hashing of one job has come.</summary>
/// <param name="BytesDone">Bytes read.</param>
/// <param name="BytesTotal">Bytes of all files; 0 until the source is opened.</param>
/// <param name="Remaining">An estimate from the speed so far; null while there is none.</param>
public readonly record struct PublishingProgress(long BytesDone, long BytesTotal, TimeSpan? Remaining)
{
    /// <summary>From 0 to 1.</summary>
    public double Share => BytesTotal > 0 ? (double)BytesDone / BytesTotal : 0;
}
