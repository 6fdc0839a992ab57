using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>An announce that has passed access, as a store takes it.</summary>
public struct PeerAnnounce
{
    public InfoHash InfoHash;
    public PeerId PeerId;
    public PeerAddress Address;
    public ushort Port;
    public AnnounceEvent Event;

    /// <summary>The client's <c>key</c>, hashed to 32 bits; 0 when it sent none.</summary>
    public uint Key;

    /// <summary>The user whose passkey was used; 0 in an open tracker.</summary>
    public int User;

    /// <summary>Bytes in this session of the client, as it says; never negative.</summary>
    public long Uploaded;
    public long Downloaded;
    public long Corrupt;

    /// <summary>Bytes it still wants; 0 makes it a seeder.</summary>
    public long Left;

    /// <summary>How many peers it shall be given at the most, over both families.</summary>
    public int Wanted;

    /// <summary>Take it only if the client is a peer of the swarm already (<see cref="StoreVerdict.NotKnown"/> if not).</summary>
    public bool OnlyIfKnown;

    public readonly bool IsSeeder => Left == 0;
}
