using OrchardCore.DisplayManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.ViewModels;

/// <summary>A user's account, for himself or for an administrator.</summary>
public class AccountViewModel
{
    public IReadOnlyList<string> AnnounceUrls { get; init; } = [];

    /// <summary>Whether the tracker is private: addresses hold a passkey, accounts are kept.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The totals; null for who has never announced.</summary>
    public UserAccount? Account { get; init; }

    public IReadOnlyList<TorrentAccount> Torrents { get; init; } = [];

    public IReadOnlyDictionary<InfoHash, TorrentName> Names { get; init; } = new Dictionary<InfoHash, TorrentName>();

    /// <summary>The rule in force; 0 for none.</summary>
    public decimal MinimumRatio { get; init; }

    public IShape? Pager { get; init; }

    // For administrators only:
    public string? UserId { get; init; }

    public string? UserName { get; init; }

    public bool IsBanned { get; init; }

    public bool ShowsAddress { get; init; }
}
