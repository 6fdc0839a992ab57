using OrchardTracker.BitTorrent;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>A user with a torrent; the default hash stands for torrents of which there are too many to keep apart.</summary>
internal readonly record struct AccountKey(int User, InfoHash Torrent);
