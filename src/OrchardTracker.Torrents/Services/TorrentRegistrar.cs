using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Following;
using OrchardTracker.Torrents.Indexes;
using OrchardTracker.Torrents.Moderation;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>Tells the tracker which torrents are published: those it serves, the others it refuses and says why.</summary>
public sealed class TorrentRegistrar(
    ISession session, BoardLoader board, Takedowns takedowns, ChangeLog log, RegistrationGate gate, IServiceProvider services, IStringLocalizer<TorrentRegistrar> S) : ITorrentSource
{
    private const int PageLength = 5_000;

    private readonly SessionSql _sql = new(session);

    public async IAsyncEnumerable<SourcedTorrent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await log.BeginAsync();
        foreach (var takedown in await takedowns.ListAsync())
        {
            yield return new SourcedTorrent(takedown.InfoHash, takedown.V2, IsBlocked: true);
        }

        var last = "";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = await ReadAsync($"{_sql.Column("InfoHash")} > @last", ("last", last));
            var isLast = rows.Count < PageLength;
            if (!isLast)
            {
                // Its other version may be the first of the next page.
                var cut = rows[^1].InfoHash;
                rows.RemoveAll(row => row.InfoHash == cut);
            }

            foreach (var torrent in Merge(rows))
            {
                yield return torrent;
            }

            if (isLast)
            {
                yield break;
            }

            last = rows[^1].InfoHash;
        }
    }

    /// <summary>Tells the tracker, and the board, what other servers of the site have changed.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await log.BeginAsync();
        await log.FollowAsync(RegisterAsync, cancellationToken);
    }

    /// <summary>Tells the tracker, and the board, what the database now says of some torrents.</summary>
    public async Task RegisterAsync(IReadOnlyCollection<InfoHash> hashes)
    {
        foreach (var hash in hashes)
        {
            using (await gate.EnterAsync())
            {
                await RegisterAsync(hash);
            }
        }
    }

    private async Task RegisterAsync(InfoHash hash)
    {
        await board.LoadAsync(hash);
        if (services.GetService(typeof(ISiteTracker)) is ISiteTracker tracker)
        {
            var rows = await ReadAsync($"{_sql.Column("InfoHash")} = @hash", ("hash", hash.ToString()));
            Tell(tracker, hash, Merge(rows).SingleOrDefault(), await takedowns.FindAsync(hash));
        }
    }

    private static void Tell(ISiteTracker tracker, InfoHash hash, SourcedTorrent? torrent, Takedown? takedown)
    {
        if (takedown is not null)
        {
            tracker.Forget(hash);
            tracker.Block(takedown.InfoHash, takedown.V2);
            return;
        }

        tracker.Unblock(hash);
        tracker.SetFreeLeech(hash, torrent?.IsFreeLeech ?? false);
        switch (torrent)
        {
            case null:
                tracker.Forget(hash);
                break;
            case { Refusal: { } reason }:
                tracker.Refuse(torrent.InfoHash, torrent.V2, reason);
                break;
            default:
                tracker.Serve(torrent.InfoHash, torrent.V2);
                break;
        }
    }

    private Task<List<Row>> ReadAsync(string condition, params IEnumerable<(string Name, object? Value)> parameters) => _sql.QueryAsync(
        _sql.Select(
            _sql.Columns("InfoHash", "SecondHash", "Published", "SupersededBy", "FreeLeech"),
            _sql.IndexTable<TorrentPartIndex>(),
            condition,
            _sql.Column("InfoHash"),
            PageLength),
        reader => new Row(reader.GetString(0), Text(reader, 1), reader.GetBoolean(2), Text(reader, 3), reader.GetBoolean(4)),
        parameters);

    private IEnumerable<SourcedTorrent> Merge(IEnumerable<Row> rows)
    {
        foreach (var versions in rows.GroupBy(row => row.InfoHash))
        {
            var first = versions.First();
            if (InfoHash.TryParseHex(first.InfoHash, out var hash))
            {
                InfoHash? second = InfoHash.TryParseHex(first.SecondHash, out var other) ? other : null;
                yield return new SourcedTorrent(
                    hash,
                    second,
                    versions.Any(row => row.Published) ? null : Refusal(first),
                    IsFreeLeech: versions.Any(row => row.FreeLeech));
            }
        }
    }

    private string Refusal(in Row row) => row.SupersededBy is { } successor
        ? S["There is a newer version of this torrent: {0}", successor]
        : S["This torrent is not published."];

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private readonly record struct Row(string InfoHash, string? SecondHash, bool Published, string? SupersededBy, bool FreeLeech);
}
