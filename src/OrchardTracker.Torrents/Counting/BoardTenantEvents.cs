using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Counting;

internal sealed class BoardTenantEvents(BoardLoader loader, TorrentBoard board, PublicAccess access, CountFlush flush) : ModularTenantEvents
{
    public override Task ActivatingAsync() => loader.LoadAllAsync();

    public override Task ActivatedAsync()
    {
        board.BeginCounting();
        flush.Start();
        return access.CheckAsync();
    }

    public override Task TerminatingAsync() => flush.FlushAsync();
}
