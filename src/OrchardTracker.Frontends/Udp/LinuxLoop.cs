using System.Net.Sockets;
using System.Runtime.InteropServices;
using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Up to 64 datagrams a system call, in memory that never moves and is taken once.</summary>
internal sealed unsafe class LinuxLoop : IDatagramLoop
{
    private const int Batch = 64;
    private const int AddressLength = 28;

    private readonly Socket _socket;
    private readonly UdpProtocol _protocol;
    private readonly SwarmWarmer _warmer;
    private readonly byte* _memory;
    private readonly LinuxSockets.MessageHead* _incoming;
    private readonly LinuxSockets.MessageHead* _outgoing;
    private readonly LinuxSockets.Piece* _requests;
    private readonly LinuxSockets.Piece* _replies;

    public LinuxLoop(Socket socket, UdpProtocol protocol)
    {
        _socket = socket;
        _protocol = protocol;
        _warmer = protocol.CreateWarmer(Batch);
        var heads = (nuint)(Batch * sizeof(LinuxSockets.MessageHead));
        var pieces = (nuint)(Batch * sizeof(LinuxSockets.Piece));
        const nuint PerMessage = UdpProtocol.MaxRequestLength + UdpProtocol.MaxReplyLength + 4 + AddressLength + 4;
        _memory = (byte*)NativeMemory.AllocZeroed(2 * heads + 2 * pieces + Batch * PerMessage);
        _incoming = (LinuxSockets.MessageHead*)_memory;
        _outgoing = (LinuxSockets.MessageHead*)(_memory + heads);
        _requests = (LinuxSockets.Piece*)(_memory + 2 * heads);
        _replies = (LinuxSockets.Piece*)(_memory + 2 * heads + pieces);
        var space = _memory + 2 * heads + 2 * pieces;
        for (var i = 0; i < Batch; i++)
        {
            _requests[i] = new() { Base = space, Length = UdpProtocol.MaxRequestLength };
            space += UdpProtocol.MaxRequestLength;
            _replies[i] = new() { Base = space };
            space += UdpProtocol.MaxReplyLength + 4;
            _incoming[i] = new() { Name = space, Pieces = &_requests[i], PieceCount = 1 };
            space += AddressLength + 4;
            _outgoing[i] = new() { PieceCount = 1 };
        }
    }

    public void Run(CancellationToken stopping)
    {
        var socket = _socket.SafeHandle.DangerousGetHandle();
        while (!stopping.IsCancellationRequested)
        {
            for (var i = 0; i < Batch; i++)
            {
                _incoming[i].NameLength = AddressLength;
            }

            // A wait without datagrams ends by the socket's timeout, or as a datagram from nowhere when the socket is shut down.
            var received = LinuxSockets.ReceiveMany(socket, _incoming, Batch, LinuxSockets.WaitForOne, null);
            if (received > 0 && _incoming[received - 1].NameLength > 0)
            {
                Send(socket, Answer(received));
            }
        }
    }

    /// <returns>How many replies stand ready.</returns>
    private uint Answer(int received)
    {
        _protocol.CountReceived(received);
        Prepare(received);
        uint ready = 0;
        for (var i = 0; i < received; i++)
        {
            ref var message = ref _incoming[i];
            var length = _protocol.Handle(RequestOf(message), SourceOf(message), new Span<byte>(_replies[ready].Base, UdpProtocol.MaxReplyLength));
            if (length > 0)
            {
                _replies[ready].Length = (nuint)length;
                _outgoing[ready].Pieces = &_replies[ready];
                _outgoing[ready].Name = message.Name;
                _outgoing[ready].NameLength = message.NameLength;
                ready++;
            }
        }

        return ready;
    }

    /// <summary>A single datagram gains nothing: there is nothing else to do while memory is awaited.</summary>
    private void Prepare(int received)
    {
        if (received < 2)
        {
            return;
        }

        for (var i = 0; i < received; i++)
        {
            UdpProtocol.Prepare(RequestOf(_incoming[i]), SourceOf(_incoming[i]), _warmer);
        }

        _warmer.Warm();
    }

    private static ReadOnlySpan<byte> RequestOf(in LinuxSockets.MessageHead message) =>
        new(message.Pieces->Base, (int)message.Length);

    private static PeerAddress SourceOf(in LinuxSockets.MessageHead message) =>
        SocketAddresses.Read(new ReadOnlySpan<byte>(message.Name, (int)message.NameLength));

    private void Send(nint socket, uint ready)
    {
        uint sent = 0;
        while (sent < ready)
        {
            var count = LinuxSockets.SendMany(socket, _outgoing + sent, ready - sent, 0);

            // The first one that cannot be sent (a port 0, no route) ends a batch: the others go on without it.
            sent += count > 0 ? (uint)count : 1;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        NativeMemory.Free(_memory);
    }
}
