using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Seeding;

namespace OrchardTracker.MediaTorrent.Hosting;

/// <summary>What the tracker and the seeder are to be told once the changes of a scope are committed. Scoped.</summary>
public sealed class MediaAftermath(IEnumerable<ISiteTracker> trackers, TenantPublishing publishing, IStringLocalizer<MediaAftermath> S)
{
    private readonly List<Action<ISiteTracker>> _forTracker = [];
    private readonly List<Action<ISiteTracker>> _forTrackerAtLast = [];
    private readonly List<Action<SiteSeeder>> _forSeeder = [];

    /// <summary>What a client is told that announces a torrent which was taken down.</summary>
    public string Reason => S["the site has taken this torrent down"];

    /// <param name="wasInCatalog">
    /// What is in the catalogue the catalogue tells the tracker. Of what it has lost just now it says that it is refused, but
    /// only when all is committed: it is given all the same.
    /// </param>
    public void Offer(MediaEntry entry, bool wasInCatalog)
    {
        var record = SeedRecord.Of(entry)!;
        _forTracker.Add(tracker => publishing.CompletedSinceStart(record.First, tracker.GetCounts(record.First).Completed));
        _forSeeder.Add(seeder => seeder.Set(record));
        if (!entry.IsInCatalog)
        {
            (wasInCatalog ? _forTrackerAtLast : _forTracker).Add(
                tracker => tracker.Serve(record.First, record.Second));
        }
    }

    /// <summary>Brings the seeder in line with all that there is.</summary>
    public void OfferAll(IEnumerable<MediaEntryIndex> rows)
    {
        SeedRecord[] records = [.. rows.Select(SeedRecord.Of).OfType<SeedRecord>()];
        _forSeeder.Add(seeder => seeder.SetAll(records));
        _forTracker.Add(tracker => Array.ForEach(records, record =>
            publishing.CompletedSinceStart(record.First, tracker.GetCounts(record.First).Completed)));
    }

    /// <summary>Gives a torrent no more, and has its announces refused.</summary>
    public void TakeDown(IReadOnlyList<InfoHash> infoHashes)
    {
        StopSeeding(infoHashes);
        _forTracker.Add(tracker => tracker.Refuse(infoHashes[0], infoHashes.Count > 1 ? infoHashes[1] : null, Reason));
    }

    /// <summary>Gives a torrent no more; who has it may go on sharing it.</summary>
    public void StopSeeding(IReadOnlyList<InfoHash> infoHashes) => _forSeeder.Add(seeder => seeder.Remove(infoHashes[0]));

    public void Tell()
    {
        foreach (var tracker in trackers)
        {
            _forTracker.ForEach(tell => tell(tracker));
        }

        if (_forTrackerAtLast.Count > 0)
        {
            Action<ISiteTracker>[] atLast = [.. _forTrackerAtLast];
            ShellScope.AddDeferredTask(scope =>
            {
                foreach (var tracker in scope.ServiceProvider.GetServices<ISiteTracker>())
                {
                    Array.ForEach(atLast, tell => tell(tracker));
                }

                return Task.CompletedTask;
            });
            _forTrackerAtLast.Clear();
        }

        _forSeeder.ForEach(tell => tell(publishing.Seeder));
        _forTracker.Clear();
        _forSeeder.Clear();
    }
}
