namespace OrchardTracker.Frontends;

/// <summary>The parameters that an announce may give once.</summary>
[Flags]
internal enum AnnounceParameter
{
    None = 0,
    InfoHash = 1 << 0,
    PeerId = 1 << 1,
    Port = 1 << 2,
    Uploaded = 1 << 3,
    Downloaded = 1 << 4,
    Left = 1 << 5,
    Corrupt = 1 << 6,
    Event = 1 << 7,
    NumWant = 1 << 8,
    Compact = 1 << 9,
    NoPeerId = 1 << 10,
    Ip = 1 << 11,

    /// <summary>May stand twice: an announce URL may carry a parameter of this name of its own. The last one counts.</summary>
    Key = 1 << 12,
    Passkey = 1 << 13,
}
