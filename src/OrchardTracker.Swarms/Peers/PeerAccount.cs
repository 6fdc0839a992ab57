namespace OrchardTracker.Swarms;

/// <summary>What a peer has last said of itself; kept only where accounts are kept.</summary>
internal struct PeerAccount
{
    /// <summary>Bytes in this session of the client.</summary>
    public long Uploaded;
    public long Downloaded;
    public long Corrupt;
    public long Left;

    /// <summary>Milliseconds of <see cref="SwarmClock"/>.</summary>
    public long SeenAt;
}
