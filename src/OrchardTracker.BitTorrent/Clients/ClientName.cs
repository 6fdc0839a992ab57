using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Which program a peer id says it is (BEP 20). It says so by custom only: a name for people to read and for coarse
/// rules, not a proof.
/// </summary>
/// <param name="Name">The program; of an unknown one the first eight characters of the id, made safe to show.</param>
/// <param name="Version">Null where the id holds none that is understood.</param>
/// <param name="IsKnown">Whether the name comes from the table.</param>
public readonly record struct ClientName(string Name, string? Version, bool IsKnown)
{
    private const int ShownBytes = 8;

    public static ClientName Of(in PeerId peerId)
    {
        var id = peerId.Bytes;
        return PeerIdStyles.Azureus(id)
            ?? PeerIdStyles.Special(id)
            ?? PeerIdStyles.Mainline(id)
            ?? PeerIdStyles.Shadow(id)
            ?? PeerIdStyles.Prefixed(id)
            ?? new ClientName(Show(id), null, false);
    }

    /// <summary>Name and version as one would say them: <c>qBittorrent 4.5.2</c>.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";

    private static string Show(ReadOnlySpan<byte> id)
    {
        var text = new StringBuilder();
        foreach (var b in id[..ShownBytes])
        {
            if (b is > 0x20 and < 0x7F and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
