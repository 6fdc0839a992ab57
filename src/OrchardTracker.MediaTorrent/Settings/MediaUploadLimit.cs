using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell.Configuration;
using OrchardCore.Media;

namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>Allows uploads above 2 GiB: Orchard Core's own setting ends there.</summary>
internal sealed class MediaUploadLimit(IShellConfiguration configuration) : IPostConfigureOptions<MediaOptions>
{
    /// <summary>Bytes of one upload at most; without it Orchard Core's <c>MaxFileSize</c> counts.</summary>
    public const string Setting = "OrchardTracker_MediaTorrent:MaxUploadBytes";

    public void PostConfigure(string? name, MediaOptions options)
    {
        if (configuration.GetValue<long?>(Setting) is > 0 and var most)
        {
            options.MaxFileSize = most;
        }
    }
}
