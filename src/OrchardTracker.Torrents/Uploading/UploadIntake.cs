using Microsoft.AspNetCore.Http;
using OrchardCore.Settings;
using OrchardTracker.Torrents.Settings;

namespace OrchardTracker.Torrents.Uploading;

/// <summary>Reads uploaded files into memory, as far as the settings allow.</summary>
public sealed class UploadIntake(ISiteService siteService)
{
    /// <summary>At most one byte more than is allowed is read: the review then says that it is too long.</summary>
    public async Task<byte[]> ReadAsync(IFormFile file)
    {
        var settings = await siteService.GetSettingsAsync<TorrentSettings>();
        var bytes = new byte[(int)Math.Min(file.Length, (settings.MaxKiB << 10) + 1)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
