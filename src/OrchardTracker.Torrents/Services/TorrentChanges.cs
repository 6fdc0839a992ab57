using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Following;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Collects which torrents a request changed. Once its transaction is kept, the tracker is told what the database then
/// says of them: never something that was undone. Other servers of the site read it from the log.
/// </summary>
public sealed class TorrentChanges(IServiceProvider services)
{
    private readonly HashSet<InfoHash> _changed = [];

    public Task AddAsync(InfoHash infoHash)
    {
        if (_changed.Count == 0)
        {
            ShellScope.AddDeferredTask(scope => scope.ServiceProvider.GetRequiredService<TorrentRegistrar>().RegisterAsync(_changed));
        }

        _changed.Add(infoHash);

        // Each time: a long request keeps what it has done so far, and others read it in between. Asked for late: handlers
        // that need this are made while the session is.
        return services.GetRequiredService<ChangeLog>().AddAsync(infoHash);
    }
}
