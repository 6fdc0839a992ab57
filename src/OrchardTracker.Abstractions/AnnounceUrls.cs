namespace OrchardTracker;

/// <summary>Announce URLs in tiers, the best first (BEP 12).</summary>
/// <param name="IsPersonal">True when they hold a passkey: what they are written into is for one user only.</param>
public sealed record AnnounceUrls(IReadOnlyList<IReadOnlyList<string>> Tiers, bool IsPersonal);
