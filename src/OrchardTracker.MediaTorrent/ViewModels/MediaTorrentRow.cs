using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary>An entry as the list shows it.</summary>
/// <param name="Status">The job that makes its torrent on this node; null when none does.</param>
/// <param name="IsHidden">Whether the original is to be had by its torrent only.</param>
/// <param name="Error">Why there is no torrent, in the reader's language.</param>
public sealed record MediaTorrentRow(MediaEntry Entry, PublishingStatus? Status, SwarmCounts Counts, bool IsHidden, string? Error)
{
    public bool IsHashing => Entry.State == MediaEntryState.Waiting && Status is { Job.State: PublishingState.Hashing };

    /// <summary>From 0 to 100.</summary>
    public int Percent => Status is { } status ? (int)(100 * status.Progress.Share) : 0;
}
