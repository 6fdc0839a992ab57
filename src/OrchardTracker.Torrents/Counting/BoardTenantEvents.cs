using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Counting;

internal sealed class BoardTenantEvents(BoardLoader loader, PublicAccess access, CountFlush flush) : ModularTenantEvents
{
    public override Task ActivatingAsync() => loader.LoadAllAsync();

    public override Task ActivatedAsync()
    {
        flush.Start();
        return access.CheckAsync();
    }

    public override Task TerminatingAsync() => flush.FlushAsync();
}
