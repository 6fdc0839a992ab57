using System.Net;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms.Tests;

/// <summary>A BitTorrent client with an address, or one of its addresses.</summary>
public sealed record Client
{
    /// <summary>A client unlike any with another number: id, IPv4 address, port and key are its own.</summary>
    public Client(int number)
    {
        Id = IdOf(number);
        Endpoint = new IPEndPoint(new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]), 6881);
        Key = (uint)number + 1;
    }

    public PeerId Id { get; init; }

    public IPEndPoint Endpoint { get; init; }

    public uint Key { get; init; }

    public int User { get; init; }

    public Client WithoutKey => this with { Key = 0 };

    public Client At(string endpoint) => this with { Endpoint = IPEndPoint.Parse(endpoint) };

    /// <summary>The same client at an IPv6 address of its own.</summary>
    public Client AtV6 => this with
    {
        Endpoint = new IPEndPoint(
            new IPAddress([0x20, 0x01, 0x0D, 0xB8, .. new byte[8], .. Endpoint.Address.GetAddressBytes()]), Endpoint.Port),
    };

    /// <summary>The same client with a passkey.</summary>
    public Client Of(int user) => this with { User = user };

    /// <summary>At the same address, but with a new id and key, as clients take them when they start.</summary>
    public Client Restarted(int number) => this with { Id = IdOf(number), Key = (uint)number + 1 };

    public static PeerId IdOf(int number) => new(Encoding.ASCII.GetBytes($"-OT0001-{number:d12}"));
}
