using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Publishing;

/// <summary>
/// The connections of a seeder, no more than it has room for. When it is full, whoever has the least reason to be there
/// makes room: a thousand idle connections keep nobody out. Thread-safe.
/// </summary>
internal sealed class PeerRoom(SeederOptions options)
{
    // Who got bytes within this time keeps his place.
    private const int RecentMilliseconds = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<PeerConnection, Task> _connections = [];
    private readonly Dictionary<UInt128, int> _addresses = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Takes a connection in, or closes it.</summary>
    public void Enter(Seeder seeder, Socket socket)
    {
        PeerConnection connection;
        try
        {
            connection = new PeerConnection(seeder, socket);
        }
        catch (SocketException)
        {
            // Gone already.
            socket.Dispose();
            return;
        }

        PeerConnection? leaving = null;
        lock (_gate)
        {
            var key = KeyOf(connection.Address.Address);
            var isFull = _connections.Count >= options.MaxConnections;
            if (_addresses.GetValueOrDefault(key) >= options.MaxConnectionsPerAddress
                || (isFull && (leaving = FindLeastUseful()) is null))
            {
                connection.Dispose();
                return;
            }

            // Its place is free at once, even if it takes a moment to go.
            Forget(leaving);
            _addresses[key] = _addresses.GetValueOrDefault(key) + 1;
            _connections[connection] = Task.CompletedTask;
        }

        leaving?.Close();
        var running = Task.Run(connection.RunAsync);
        lock (_gate)
        {
            if (_connections.ContainsKey(connection))
            {
                _connections[connection] = running;
            }
        }
    }

    public void Remove(PeerConnection connection)
    {
        connection.Torrent?.CountConnection(-1);
        lock (_gate)
        {
            Forget(connection);
        }
    }

    /// <summary>Lets go who has kept silent for too long, and speaks to those that wait.</summary>
    public void Tend(long now)
    {
        foreach (var connection in Snapshot())
        {
            if (connection.IsOverdue(now))
            {
                connection.Close();
            }
            else
            {
                connection.KeepAlive(now);
            }
        }
    }

    public void CloseAll(SeededTorrent torrent)
    {
        foreach (var connection in Snapshot().Where(connection => connection.Torrent == torrent))
        {
            connection.Close();
        }
    }

    public async Task CloseAllAsync()
    {
        Task[] running;
        lock (_gate)
        {
            running = [.. _connections.Values];
        }

        foreach (var connection in Snapshot())
        {
            connection.Close();
        }

        await Task.WhenAll(running);
    }

    private List<PeerConnection> Snapshot()
    {
        lock (_gate)
        {
            return [.. _connections.Keys];
        }
    }

    private void Forget(PeerConnection? connection)
    {
        if (connection is not null && _connections.Remove(connection))
        {
            var key = KeyOf(connection.Address.Address);
            if (--_addresses[key] == 0)
            {
                _addresses.Remove(key);
            }
        }
    }

    // First those that have not said what they want, then those that want nothing, then those that wait for their turn.
    private PeerConnection? FindLeastUseful()
    {
        var now = Environment.TickCount64;
        return _connections.Keys
            .Where(connection => now - connection.LastSent > RecentMilliseconds)
            .OrderBy(connection => (connection.Torrent is null ? 0 : connection.IsInterested ? 2 : 1, connection.ConnectedAt))
            .FirstOrDefault();
    }

    // Of IPv6 the network: one host has as many addresses in it as it wants.
    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        (address.IsIPv4MappedToIPv6 ? address : address.MapToIPv6()).TryWriteBytes(bytes, out _);
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        return BinaryPrimitives.ReadUInt128BigEndian(bytes) & (isV4 ? UInt128.MaxValue : UInt128.MaxValue << 64);
    }
}
