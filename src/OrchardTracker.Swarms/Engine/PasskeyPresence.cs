namespace OrchardTracker.Swarms;

/// <summary>What a request brought where a passkey stands.</summary>
public enum PasskeyPresence : byte
{
    Missing,

    /// <summary>Something, but no passkey by its form.</summary>
    Malformed,
    Present,
}
