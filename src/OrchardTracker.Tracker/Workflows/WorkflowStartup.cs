using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Workflows.Helpers;
using OrchardTracker.Tracker.Completions;

namespace OrchardTracker.Tracker.Workflows;

[RequireFeatures("OrchardCore.Workflows")]
public sealed class WorkflowStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddActivity<TorrentCompletedEvent, TorrentCompletedEventDisplayDriver>();
        services.AddScoped<ICompletionHandler, CompletedTorrents>();
    }
}
