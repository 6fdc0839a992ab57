using System.Runtime.InteropServices;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>What is known of a peer beside its endpoint: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PeerInfo
{
    public PeerId Id;
    public uint Key;
    public int User;

    /// <summary>In ticks of <see cref="SwarmClock"/>.</summary>
    public ushort LastSeen;
    public PeerFlags Flags;

    /// <summary>True when an announce from elsewhere can be told to be of the same client.</summary>
    public readonly bool HasIdentity => User != 0 || Key != 0;

    public readonly bool Is(PeerFlags flag) => (Flags & flag) != 0;

    public void Set(PeerFlags flag, bool value) => Flags = value ? Flags | flag : Flags & ~flag;

    /// <summary>The same running client, wherever it announces from: its id, proved by its key or by its user.</summary>
    public readonly bool IsSameClient(in PeerInfo other) =>
        HasIdentity && User == other.User && Key == other.Key && Id.Equals(other.Id);

    /// <summary>Counts as one in the swarm: the same client, or in a private swarm the same user.</summary>
    public readonly bool CountsAs(in PeerInfo other) =>
        User != 0 ? User == other.User : other.User == 0 && IsSameClient(other);

    public readonly uint IdentityHash()
    {
        if (User != 0)
        {
            return HashSeed.Mix((ulong)User);
        }

        // All of the id: clients choose theirs, and what is left out could be varied to fill one slot.
        var words = MemoryMarshal.Cast<byte, uint>(Id.Bytes);
        var tail = HashSeed.Mix((ulong)words[4] << 32 | Key);
        return HashSeed.Mix(((ulong)words[0] << 32 | words[1]) ^ tail, (ulong)words[2] << 32 | words[3]);
    }
}
