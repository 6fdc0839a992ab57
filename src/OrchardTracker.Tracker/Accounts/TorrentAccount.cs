using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>What a user has done with a torrent.</summary>
public sealed record TorrentAccount(InfoHash Torrent, AccountSums Sums);
