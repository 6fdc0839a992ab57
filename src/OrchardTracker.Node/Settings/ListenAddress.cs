using System.Net;

namespace OrchardTracker.Node;

/// <summary>One of the addresses on which the node answers.</summary>
/// <param name="IP">Null for all addresses of the machine, IPv6 and IPv4.</param>
public sealed record ListenAddress(IPAddress? IP)
{
    public static readonly ListenAddress Any = new((IPAddress?)null);

    public static IReadOnlyList<ListenAddress>? TryParse(string text) => text.ToLowerInvariant() switch
    {
        "*" or "any" or "::" or "[::]" => [Any],
        "localhost" => [new(IPAddress.Loopback), new(IPAddress.IPv6Loopback)],
        _ => IPAddress.TryParse(text, out var ip) && !text.Contains('/') ? [new(ip)] : null,
    };
}
