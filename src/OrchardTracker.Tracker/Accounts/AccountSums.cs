namespace OrchardTracker.Tracker.Accounts;

/// <summary>What a user has done, in all or with one torrent.</summary>
/// <param name="Uploaded">Bytes, as his clients said. The same goes for the next two.</param>
/// <param name="CreditedUp">Bytes that count towards his ratio.</param>
/// <param name="CreditedDown">Bytes that count towards his ratio.</param>
/// <param name="Completed">Downloads that became complete.</param>
public sealed record AccountSums(
    long Uploaded,
    long Downloaded,
    long Corrupt,
    long CreditedUp,
    long CreditedDown,
    TimeSpan SeedingTime,
    int Completed,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen)
{
    public static readonly AccountSums None = new(0, 0, 0, 0, 0, TimeSpan.Zero, 0, default, default);

    /// <summary>Uploads for each byte downloaded, by what counts; null for who has downloaded nothing.</summary>
    public double? Ratio => CreditedDown == 0 ? null : (double)CreditedUp / CreditedDown;
}
