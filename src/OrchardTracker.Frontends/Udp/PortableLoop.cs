using System.Net;
using System.Net.Sockets;

namespace OrchardTracker.Frontends;

/// <summary>One datagram a call: for systems that know no batches.</summary>
internal sealed class PortableLoop(Socket socket, UdpProtocol protocol) : IDatagramLoop
{
    public void Run(CancellationToken stopping)
    {
        var request = GC.AllocateUninitializedArray<byte>(UdpProtocol.MaxRequestLength, pinned: true);
        var reply = GC.AllocateUninitializedArray<byte>(UdpProtocol.MaxReplyLength, pinned: true);
        var source = new SocketAddress(socket.AddressFamily);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var received = socket.ReceiveFrom(request, SocketFlags.None, source);
                if (received == 0 && stopping.IsCancellationRequested)
                {
                    return;
                }

                protocol.CountReceived(1);
                var length = protocol.Handle(request.AsSpan(0, received), SocketAddresses.Read(source.Buffer.Span), reply);
                if (length > 0)
                {
                    socket.SendTo(reply.AsSpan(0, length), SocketFlags.None, source);
                }
            }
            catch (SocketException)
            {
                // Nothing came for a while, a datagram was too long, or a reply found no way: on to the next.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose() => socket.Dispose();
}
