using System.Net;
using System.Net.Sockets;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>
/// Announces and scrapes over UDP on one port, for anybody; the engine decides who may. Several sockets share the port
/// where the system can, each with a thread of its own.
/// </summary>
public sealed class UdpTracker : IDisposable
{
    private const int MostSockets = 4;
    private const int BufferLength = 4 << 20;
    private const int WaitMilliseconds = 500;

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(Thread Thread, Socket Socket, IDatagramLoop Loop)> _workers = [];

    /// <summary>Opens the port and answers at once.</summary>
    /// <exception cref="SocketException">The port is taken, or the address is not of this machine.</exception>
    public UdpTracker(TrackerEngine engine, UdpTrackerOptions options, TimeProvider time)
    {
        var protocol = new UdpProtocol(engine, CoarseTime.For(time), options.Logger);
        var inBatches = LinuxSockets.HasBatches && !options.IsPortable;
        var count = options.Sockets > 0 ? options.Sockets : Math.Clamp(Environment.ProcessorCount / 2, 1, MostSockets);
        var sockets = OpenAll(options.EndPoint, inBatches ? count : 1);
        EndPoint = (IPEndPoint)sockets[0].LocalEndPoint!;
        foreach (var socket in sockets)
        {
            IDatagramLoop loop = inBatches ? new LinuxLoop(socket, protocol) : new PortableLoop(socket, protocol);
            var thread = new Thread(() => loop.Run(_stopping.Token)) { IsBackground = true, Name = $"UDP tracker {EndPoint.Port}" };
            _workers.Add((thread, socket, loop));
        }

        _workers.ForEach(worker => worker.Thread.Start());
    }

    /// <summary>Where it answers: with the port that the system chose when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Closes the port; waits until the last datagram that was taken is answered.</summary>
    public void Dispose()
    {
        if (_workers.Count == 0)
        {
            return;
        }

        _stopping.Cancel();
        foreach (var (thread, socket, loop) in _workers)
        {
            Wake(socket);
            thread.Join();
            loop.Dispose();
        }

        _workers.Clear();
        _stopping.Dispose();
    }

    private static void Wake(Socket socket)
    {
        try
        {
            // Linux says that such a socket has nothing to shut down, and ends its waiting calls all the same.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Elsewhere the wait ends by its own timeout.
        }
    }

    private static List<Socket> OpenAll(IPEndPoint endPoint, int count)
    {
        if (count == 1)
        {
            return [Open(endPoint, shared: false)];
        }

        List<Socket> sockets = [];
        try
        {
            // Sockets that share a port would share it with a stranger's as well: one that does not shows whether it is free.
            using (var probe = Open(endPoint, shared: false))
            {
                endPoint = (IPEndPoint)probe.LocalEndPoint!;
            }

            while (sockets.Count < count)
            {
                sockets.Add(Open(endPoint, shared: true));
            }

            return sockets;
        }
        catch
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    private static Socket Open(IPEndPoint endPoint, bool shared)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = endPoint.Address.Equals(IPAddress.IPv6Any);
            }

            if (shared)
            {
                socket.SetRawSocketOption(LinuxSockets.SolSocket, LinuxSockets.ReusePort, BitConverter.GetBytes(1));
            }

            socket.ReceiveTimeout = WaitMilliseconds;
            socket.ReceiveBufferSize = BufferLength;
            socket.SendBufferSize = BufferLength;
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
