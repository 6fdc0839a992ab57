using OrchardTracker.Swarms;

namespace OrchardTracker.Frontends;

/// <summary>Reads what stands where a passkey should, in a path or a query.</summary>
internal static class PasskeyText
{
    public static void Read(ReadOnlySpan<char> text, ref PasskeyPresence presence, ref Passkey passkey)
    {
        if (!text.IsEmpty)
        {
            presence = Passkey.TryParse(text, out passkey) ? PasskeyPresence.Present : PasskeyPresence.Malformed;
        }
    }
}
