using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrchardTracker.Frontends;

/// <summary>
/// libtorrent writes an IPv6 address into the Host header without its brackets (<c>Host: ::1:6969</c>), which Kestrel
/// refuses before anybody is asked. Neither announces nor web seeds depend on that header.
/// </summary>
public static class BareIPv6Hosts
{
    private static ReadOnlySpan<byte> HostName => "host:"u8;

    /// <summary>Lets requests pass whose host is a bare IPv6 address: as a host that is well-formed and means nothing.</summary>
    public static ListenOptions UseBareIPv6Hosts(this ListenOptions listen)
    {
        listen.Use(next => connection =>
        {
            // Who comes over IPv4 has no such address to write.
            if (connection.LocalEndPoint is IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6, Address.IsIPv4MappedToIPv6: false })
            {
                connection.Transport = new Duplex(new MendingReader(connection.Transport.Input), connection.Transport.Output);
            }

            return next(connection);
        });
        return listen;
    }

    /// <summary>Overwrites the colons of such an address. No byte moves, so that nothing is copied.</summary>
    internal static void Mend(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            if (line.Length > HostName.Length && IsHost(line) && IsBareIPv6(line.Slice(HostName.Length)))
            {
                foreach (var part in line.Slice(HostName.Length))
                {
                    MemoryMarshal.AsMemory(part).Span.Replace((byte)':', (byte)'-');
                }
            }
        }
    }

    private static bool IsHost(in ReadOnlySequence<byte> line)
    {
        // Most lines tell by their first byte that they are not it.
        if ((line.FirstSpan[0] | 0x20) != 'h')
        {
            return false;
        }

        Span<byte> name = stackalloc byte[HostName.Length];
        line.Slice(0, name.Length).CopyTo(name);
        return Ascii.EqualsIgnoreCase(name, HostName);
    }

    private static bool IsBareIPv6(in ReadOnlySequence<byte> value)
    {
        var colons = 0;
        foreach (var part in value)
        {
            if (part.Span.Contains((byte)'['))
            {
                return false;
            }

            colons += part.Span.Count((byte)':');
        }

        return colons >= 2;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class MendingReader(PipeReader inner) : PipeReader
    {
        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var reading = inner.ReadAsync(cancellationToken);
            return reading.IsCompletedSuccessfully ? ValueTask.FromResult(Mended(reading.Result)) : AwaitAsync(reading);
        }

        public override bool TryRead(out ReadResult result)
        {
            if (!inner.TryRead(out result))
            {
                return false;
            }

            Mend(result.Buffer);
            return true;
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private static async ValueTask<ReadResult> AwaitAsync(ValueTask<ReadResult> reading) => Mended(await reading);

        private static ReadResult Mended(ReadResult result)
        {
            Mend(result.Buffer);
            return result;
        }
    }
}
