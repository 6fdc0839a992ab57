using OrchardCore.Deployment;
using OrchardTracker.Torrents.Data;
using OrchardTracker.Torrents.Indexes;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Deployment;

/// <summary>Exports the .torrent files of all torrents, also of those that are not published.</summary>
public sealed class TorrentFilesDeploymentSource(ISession session, TorrentFilesExport export) : DeploymentSourceBase<TorrentFilesDeploymentStep>
{
    private readonly SessionSql _sql = new(session);

    protected override async Task ProcessAsync(TorrentFilesDeploymentStep step, DeploymentPlanResult result)
    {
        var hashes = await _sql.QueryAsync(
            $"SELECT DISTINCT {_sql.Column("InfoHash")} FROM {_sql.IndexTable<TorrentPartIndex>()} ORDER BY {_sql.Column("InfoHash")}", reader => reader.GetString(0));
        foreach (var hash in hashes)
        {
            await export.AddAsync(result, hash);
        }
    }
}
