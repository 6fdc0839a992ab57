using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// Which clients may announce, by the beginning of their peer id (BEP 20), for example <c>-TR40</c>. Where something is
/// allowed, only that is; what is denied is denied in any case.
/// </summary>
public sealed class ClientRules
{
    public static readonly ClientRules AllowAll = new([], []);

    private readonly byte[][] _allowed;
    private readonly byte[][] _denied;

    /// <summary>Prefixes as text, a character a byte, 1 to 20 of them.</summary>
    /// <exception cref="ArgumentException">A prefix is empty, too long, or no peer id can begin so.</exception>
    public ClientRules(IEnumerable<string> allowed, IEnumerable<string> denied)
    {
        _allowed = [.. allowed.Select(ToBytes)];
        _denied = [.. denied.Select(ToBytes)];
    }

    public bool Allows(in PeerId id)
    {
        if (_allowed.Length == 0 && _denied.Length == 0)
        {
            return true;
        }

        return (_allowed.Length == 0 || BeginsWithAny(id, _allowed)) && !BeginsWithAny(id, _denied);
    }

    private static bool BeginsWithAny(in PeerId id, byte[][] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (id.Bytes.StartsWith(prefix))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] ToBytes(string prefix)
    {
        if (prefix.Length is 0 or > PeerId.Length || prefix.Any(character => character > 0xFF))
        {
            throw new ArgumentException($"A client is told by the first 1 to {PeerId.Length} characters of its peer id, not by \"{prefix}\".", nameof(prefix));
        }

        return System.Text.Encoding.Latin1.GetBytes(prefix);
    }
}
