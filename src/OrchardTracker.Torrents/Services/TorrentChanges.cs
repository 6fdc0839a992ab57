using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Services;

/// <summary>
/// Collects which torrents a request changed. Once its transaction is kept, the tracker is told what the database then
/// says of them: never something that was undone.
/// </summary>
public sealed class TorrentChanges
{
    private readonly HashSet<InfoHash> _changed = [];

    public void Add(InfoHash infoHash)
    {
        if (_changed.Count == 0)
        {
            ShellScope.AddDeferredTask(scope => scope.ServiceProvider.GetRequiredService<TorrentRegistrar>().RegisterAsync(_changed));
        }

        _changed.Add(infoHash);
    }
}
