using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.AuditTrail.Models;
using OrchardCore.AuditTrail.Services.Models;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Modules;
using OrchardTracker.Tracker.Journal;

namespace OrchardTracker.Tracker.AuditTrail;

[RequireFeatures("OrchardCore.AuditTrail")]
public sealed class AuditTrailStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddTransient<IConfigureOptions<AuditTrailOptions>, AuditTrailConfiguration>();
        services.AddScoped<ITrackerJournal, AuditTrailJournal>();
        services.AddDisplayDriver<AuditTrailEvent, AuditTrailTrackerEventDisplayDriver>();
    }
}
