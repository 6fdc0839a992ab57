namespace OrchardTracker.Tracker.Accounts;

/// <summary>By which rules accounts are kept. A value.</summary>
/// <param name="MinimumRatio">Uploads for each byte downloaded, below which no download may be started; 0 for no such rule.</param>
/// <param name="RatioGraceBytes">Who has downloaded less may start downloads with any ratio.</param>
/// <param name="AccountDays">Accounts with single torrents are erased when they were not used for so long; 0 keeps them.</param>
/// <param name="AddressDays">The last address of each user is kept for so long; 0 keeps none.</param>
internal sealed record AccountRules(decimal MinimumRatio, long RatioGraceBytes, int AccountDays, int AddressDays)
{
    public bool KeepsAddresses => AddressDays > 0;
}
