using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Data;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Storage;

/// <summary>Keeps torrents in a plain table: documents would encode the bytes as text and load them with each item.</summary>
internal sealed class TorrentStore(ISession session) : ITorrentStore
{
    // What was let in is let out, whatever the limits are by now.
    private static readonly MetainfoLimits Limits = new()
    {
        MaxBytes = int.MaxValue,
        MaxFiles = int.MaxValue,
        MaxTotalPathBytes = long.MaxValue,
    };

    private readonly SessionSql _sql = new(session);

    public async Task SaveAsync(Metainfo metainfo, string holder)
    {
        // The first hash of a torrent is enough to find it: both are made of the same bytes.
        var hash = metainfo.TrackerHashes[0].ToString();
        var second = metainfo.TrackerHashes.Count > 1 ? metainfo.TrackerHashes[1].ToString() : null;
        var bytes = metainfo.Bytes.ToArray();
        var changed = await _sql.ExecuteAsync(
            $"UPDATE {Torrents} SET {_sql.Column("Bytes")} = @bytes WHERE {_sql.Column("InfoHash")} = @hash",
            ("bytes", bytes),
            ("hash", hash));
        if (changed == 0)
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {Torrents} ({_sql.Column("InfoHash")}, {_sql.Column("SecondHash")}, {_sql.Column("Bytes")}) VALUES (@hash, @second, @bytes)",
                ("hash", hash),
                ("second", second),
                ("bytes", bytes));
        }

        await HoldAsync(hash, holder);
    }

    public async Task<Metainfo?> FindAsync(InfoHash infoHash)
    {
        var found = await _sql.QueryAsync(
            $"SELECT {_sql.Column("Bytes")} FROM {Torrents} WHERE {_sql.Column("InfoHash")} = @hash OR {_sql.Column("SecondHash")} = @hash",
            reader => reader.GetFieldValue<byte[]>(0),
            ("hash", infoHash.ToString()));
        return found is [var bytes, ..] ? Metainfo.Parse(bytes, Limits) : null;
    }

    public async Task<bool> ReleaseAsync(InfoHash infoHash, string holder)
    {
        var found = await _sql.QueryAsync(
            $"SELECT {_sql.Column("InfoHash")} FROM {Torrents} WHERE {_sql.Column("InfoHash")} = @hash OR {_sql.Column("SecondHash")} = @hash",
            reader => reader.GetString(0),
            ("hash", infoHash.ToString()));
        if (found is not [var hash, ..])
        {
            return false;
        }

        var released = await _sql.ExecuteAsync(
            $"DELETE FROM {Holders} WHERE {_sql.Column("InfoHash")} = @hash AND {_sql.Column("Holder")} = @holder",
            ("hash", hash),
            ("holder", holder));
        if (released > 0)
        {
            await _sql.ExecuteAsync(
                $"DELETE FROM {Torrents} WHERE {_sql.Column("InfoHash")} = @hash AND NOT EXISTS (SELECT 1 FROM {Holders} h WHERE h.{_sql.Column("InfoHash")} = @hash)",
                ("hash", hash));
        }

        return released > 0;
    }

    private string Torrents => _sql.Table(TorrentTables.Torrents);

    private string Holders => _sql.Table(TorrentTables.Holders);

    private async Task HoldAsync(string hash, string holder)
    {
        var held = await _sql.QueryAsync(
            $"SELECT 1 FROM {Holders} WHERE {_sql.Column("InfoHash")} = @hash AND {_sql.Column("Holder")} = @holder",
            _ => true,
            ("hash", hash),
            ("holder", holder));
        if (held.Count == 0)
        {
            await _sql.ExecuteAsync(
                $"INSERT INTO {Holders} ({_sql.Column("InfoHash")}, {_sql.Column("Holder")}) VALUES (@hash, @holder)",
                ("hash", hash),
                ("holder", holder));
        }
    }
}
