using System.Numerics;

namespace OrchardTracker.Swarms;

/// <summary>
/// Positions in a peer list by hash: open addressing, four bytes a slot, of which eight bits are a tag of the hash, so
/// that a probe rarely touches a peer in vain. The list holds the values; the index asks it for their hashes.
/// </summary>
internal struct PeerIndex
{
    /// <summary>The most entries that a slot can number.</summary>
    public const int MaxEntries = (1 << 24) - 2;

    private const uint PositionMask = 0x00FF_FFFF;

    private uint[] _slots;
    private int _count;

    public readonly bool Exists => _slots is not null;

    public static PeerIndex WithRoomFor(int entries) =>
        new() { _slots = new uint[BitOperations.RoundUpToPowerOf2((uint)entries * 4 / 3 + 1)] };

    /// <summary>Bytes taken.</summary>
    public readonly long Size => _slots is null ? 0 : 24 + 4L * _slots.Length;

    /// <summary>Asks for what tells how many slots there are.</summary>
    public readonly void FetchHead()
    {
        if (_slots is { } slots)
        {
            CacheLine.FetchHead(slots);
        }
    }

    /// <summary>Asks for a hash's first slot.</summary>
    public readonly void Fetch(uint hash)
    {
        if (_slots is { } slots)
        {
            CacheLine.Fetch(in slots[hash & (slots.Length - 1)]);
        }
    }

    public readonly bool IsFull => _count * 4 >= _slots.Length * 3;

    public readonly bool IsSparse => _slots.Length > 64 && _count * 8 < _slots.Length;

    /// <summary>The next position whose tag fits; -1 at the end. Start with <c>slot = Home(hash)</c>.</summary>
    public readonly int Next(uint hash, ref int slot)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        while (true)
        {
            var value = slots[slot & mask];
            slot++;
            if (value == 0)
            {
                return -1;
            }

            if (value >> 24 == hash >> 24)
            {
                return (int)(value & PositionMask) - 1;
            }
        }
    }

    public readonly int Home(uint hash) => (int)(hash & (uint)(_slots.Length - 1));

    /// <summary>The position in a hash's first slot, which is mostly the right one; it may be any number.</summary>
    public readonly int Guess(uint hash) =>
        _slots is { } slots ? (int)(slots[hash & (slots.Length - 1)] & PositionMask) - 1 : -1;

    public void Add(uint hash, int position)
    {
        var mask = _slots.Length - 1;
        var slot = Home(hash);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = Pack(hash, position);
        _count++;
    }

    public readonly void Renumber(uint hash, int from, int to) => _slots[SlotOf(hash, from)] = Pack(hash, to);

    /// <summary>Two entries change places: their slots stay where they are and take each other's position.</summary>
    public readonly void Exchange(uint firstHash, int first, uint secondHash, int second)
    {
        var (firstSlot, secondSlot) = (SlotOf(firstHash, first), SlotOf(secondHash, second));
        _slots[firstSlot] = Pack(firstHash, second);
        _slots[secondSlot] = Pack(secondHash, first);
    }

    /// <summary>Takes an entry out and closes the gap, so that no probe ever meets a grave.</summary>
    public void Remove<THashes>(uint hash, int position, in THashes hashes)
        where THashes : struct, IHashesByPosition
    {
        var mask = _slots.Length - 1;
        var gap = SlotOf(hash, position);
        var slot = gap;
        while (true)
        {
            slot = (slot + 1) & mask;
            var value = _slots[slot];
            if (value == 0)
            {
                break;
            }

            var home = Home(hashes.HashAt((int)(value & PositionMask) - 1));
            if (((slot - home) & mask) >= ((slot - gap) & mask))
            {
                _slots[gap] = value;
                gap = slot;
            }
        }

        _slots[gap] = 0;
        _count--;
    }

    private static uint Pack(uint hash, int position) => (hash & ~PositionMask) | (uint)(position + 1);

    private readonly int SlotOf(uint hash, int position)
    {
        var wanted = Pack(hash, position);
        var mask = _slots.Length - 1;
        var slot = Home(hash);
        while (_slots[slot] != wanted)
        {
            if (_slots[slot] == 0)
            {
                throw new InvalidOperationException("The peer index has lost a position.");
            }

            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
