using OrchardCore.Modules;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Files;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>Keeps a torrent that was made, and what follows from it. Scoped; the caller commits.</summary>
public sealed class MediaPublication(
    MediaEntryStore entries,
    ITorrentStore torrents,
    IEnumerable<ITorrentCatalog> catalogs,
    MediaAccess access,
    MediaRules rules,
    MediaAftermath aftermath,
    IClock clock)
{
    /// <summary>Takes a torrent over that was made of an entry's files.</summary>
    /// <returns>
    /// False when it has to be another one, private or not, because it has changed meanwhile who may see the files: the
    /// entry then goes on waiting.
    /// </returns>
    public async Task<bool> PublishAsync(MediaEntry entry, Metainfo torrent)
    {
        var former = entry.GetHashes();
        await torrents.SaveAsync(torrent, MediaTorrentFeatures.MediaTorrent);
        entry.State = MediaEntryState.Ready;
        entry.InfoHash = torrent.TrackerHashes[0].ToString();
        entry.InfoHashV2 = torrent.TrackerHashes.Count > 1 ? torrent.TrackerHashes[1].ToString() : null;
        entry.TorrentName = torrent.Name;
        entry.IsPrivate = torrent.IsPrivate;
        entry.IsStale = false;
        entry.ClearError();
        entry.FinishedUtc = clock.UtcNow;
        var choices = await ShareAsync(entry, torrent);
        if (former.Count > 0 && former[0] != torrent.TrackerHashes[0])
        {
            await SupersedeAsync(entry, former);
        }

        var isRight = IsRight(entry, choices);
        if (!isRight)
        {
            entry.State = MediaEntryState.Waiting;
        }

        await entries.SaveAsync(entry);
        return isRight;
    }

    /// <summary>Brings what is shared of an entry in line with its rule and with who may see it.</summary>
    /// <returns>False when the torrent itself is not as it should be: private or not.</returns>
    public async Task<bool> RefreshAsync(MediaEntry entry)
    {
        var hashes = entry.GetHashes();
        if (!entry.HasTorrent || hashes.Count == 0 || await torrents.FindAsync(hashes[0]) is not { } torrent)
        {
            return false;
        }

        var choices = await ShareAsync(entry, torrent);
        await entries.SaveAsync(entry);
        return IsRight(entry, choices);
    }

    private static bool IsRight(MediaEntry entry, MediaChoices choices) => entry.IsPrivate == (choices.IsPrivate || entry.IsRestricted);

    private async Task<MediaChoices> ShareAsync(MediaEntry entry, Metainfo torrent)
    {
        var choices = (await rules.DecideAsync(entry)).Choices;
        entry.HasWebSeed = choices.HasWebSeed;
        entry.WithheldPaths = await access.FindWithheldAsync(entry);

        // What not everybody may have by its item or its folder is offered there and nowhere else.
        var isInCatalog = choices.IsPublished && !await access.IsWithheldAsync(entry);
        var wasInCatalog = entry.IsInCatalog;
        entry.IsInCatalog = false;
        foreach (var catalog in catalogs)
        {
            if (isInCatalog && wasInCatalog && await catalog.FindAsync(torrent.TrackerHashes[0]) is { IsPublished: false })
            {
                // Somebody has taken it off the pages: that was a decision.
                entry.IsInCatalog = true;
            }
            else if (isInCatalog)
            {
                var details = new CatalogDetails { Title = MediaPaths.NameOf(entry.Path), MediaPath = entry.Path, IsListed = choices.IsListed };
                entry.IsInCatalog = await catalog.PublishAsync(torrent, details) is not null;
            }
            else if (wasInCatalog)
            {
                await catalog.UnpublishAsync(torrent.TrackerHashes[0]);
            }
        }

        // Who may see the pages of the catalogue counts for what stands there.
        entry.IsRestricted = await access.IsRestrictedAsync(entry);
        aftermath.Offer(entry, wasInCatalog);
        return choices;
    }

    private async Task SupersedeAsync(MediaEntry entry, IReadOnlyList<InfoHash> former)
    {
        entry.Former.Add(new FormerTorrent(former[0].ToString(), former.Count > 1 ? former[1].ToString() : null, clock.UtcNow));
        if ((await entries.FindByHashAsync(former[0])).Any(other => other.EntryId != entry.EntryId && other.HasTorrent))
        {
            return;
        }

        foreach (var catalog in catalogs)
        {
            await catalog.SupersedeAsync(former[0], entry.GetHashes()[0]);
        }

        aftermath.StopSeeding(former);
    }
}
