using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Tracker.Services;

/// <summary>Finds what torrents are called, in the site's catalogue or in the tracker's own list.</summary>
public sealed class TorrentNames(IServiceProvider services, TrackerDatabase database)
{
    // For pages: nobody shows more at once.
    private const int Most = 500;

    /// <summary>Names by hash; those that nobody knows are missing.</summary>
    public async Task<Dictionary<InfoHash, TorrentName>> FindAsync(IEnumerable<InfoHash> hashes)
    {
        var wanted = hashes.Distinct().Take(Most).ToList();
        Dictionary<InfoHash, TorrentName> names = [];
        if (services.GetService<ITorrentCatalog>() is { } catalog)
        {
            foreach (var hash in wanted)
            {
                if (await catalog.FindAsync(hash) is { } known)
                {
                    names[hash] = new TorrentName(known.Title, known.ContentItemId);
                }
            }
        }

        var others = wanted.Where(hash => !names.ContainsKey(hash)).ToList();
        if (others.Count > 0)
        {
            var listed = await database.QueryAsync(
                $"SELECT [Hash], [Name] FROM <Torrents> WHERE [Name] IS NOT NULL AND [Hash] IN ({string.Join(", ", others.Select((_, i) => $"@h{i}"))})",
                reader => (Hash: HashColumn.Read(reader, 0), Name: reader.GetString(1)),
                [.. others.Select((hash, i) => ($"h{i}", (object?)hash.ToString()))]);
            listed.ForEach(entry => names[entry.Hash] = new TorrentName(entry.Name, null));
        }

        return names;
    }
}
