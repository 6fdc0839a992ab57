using OrchardCore.Modules;

namespace OrchardTracker.Torrents.Counting;

internal sealed class BoardTenantEvents(BoardLoader loader, PublicAccess access) : ModularTenantEvents
{
    public override Task ActivatingAsync() => loader.LoadAllAsync();

    public override Task ActivatedAsync() => access.CheckAsync();
}
