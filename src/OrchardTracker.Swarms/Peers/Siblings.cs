using System.Runtime.CompilerServices;

namespace OrchardTracker.Swarms;

/// <summary>The other entries of one client: in the other family, and under the other hash of a hybrid.</summary>
internal struct Siblings
{
    private Entries _entries;

    public int Count { get; private set; }

    public void Add(PeerList list, int position) => _entries[Count++] = new Sibling(list, position);

    public readonly PeerList List(int index) => _entries[index].List;

    public readonly int Position(int index) => _entries[index].Position;

    /// <summary>Where a change of state has put the entry.</summary>
    public void Moved(int index, int position) => _entries[index] = new Sibling(_entries[index].List, position);

    /// <summary>The entry's position in a list, or -1.</summary>
    public readonly int PositionIn(PeerList? list)
    {
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_entries[i].List, list))
            {
                return _entries[i].Position;
            }
        }

        return -1;
    }

    private readonly record struct Sibling(PeerList List, int Position);

    [InlineArray(3)]
    private struct Entries
    {
        private Sibling _first;
    }
}
