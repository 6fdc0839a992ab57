using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentTypes.Editors;
using OrchardCore.DisplayManagement;
using OrchardCore.Modules;

namespace OrchardTracker.MediaTorrent.Fields;

public sealed class FieldsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddShapeTableProvider<MediaFieldShapes>();
        services.AddScoped<IContentPartFieldDefinitionDisplayDriver, MediaFieldTorrentSettingsDriver>();
    }
}
