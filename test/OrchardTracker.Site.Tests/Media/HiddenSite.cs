using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Media;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>
/// A site with a picture that everybody could see, resize and cache, and that is hidden now. Whatever else might stand in
/// the way of an attacker is open: anonymous visitors may view all media and send GraphQL queries.
/// </summary>
public sealed class HiddenSite : SiteFixture
{
    public const string Path = "hidden/secret.png";
    public const string UserName = "attacker";

    private const string TinyPicture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>In the picture behind its end, where nobody looks who shows it.</summary>
    public byte[] Mark { get; } = RandomNumberGenerator.GetBytes(32);

    public byte[] Bytes => [.. Convert.FromBase64String(TinyPicture), .. Mark];

    public MediaEntry Entry { get; private set; } = null!;

    /// <summary>The URL of a smaller copy, signed by the site.</summary>
    public string SignedUrl { get; private set; } = "";

    /// <summary>The smaller copies that the site has cached while the picture was public: paths below wwwroot.</summary>
    public IReadOnlyList<string> Cached { get; private set; } = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Site.EnableFeaturesAsync("OrchardCore.Apis.GraphQL", "OrchardCore.Media.Security");
        await Site.GrantAsync("Anonymous", "ViewMediaContent", "ExecuteGraphQL");
        await Site.GrantAsync("Authenticated", "ViewMediaContent", "ExecuteGraphQL");
        await Site.AddUserAsync(UserName);
        await Site.WriteAsync(Path, Bytes);
        await Site.WaitForTorrentAsync(Path);
        SignedUrl = await Site.InTenantAsync(services =>
            Task.FromResult(services.GetRequiredService<IMediaTokenService>().AddTokenToPath($"/media/{Path}?width=50&height=50")));

        // It was there for everybody.
        using var visitor = Site.CreateClient();
        foreach (var url in (string[])[$"media/{Path}", $"media/{Path}?width=50", SignedUrl])
        {
            using var response = await visitor.GetAsync(url);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{url}: {response.StatusCode}\n{Site.Log}");
        }

        var root = System.IO.Path.Combine(Site.Folder, "wwwroot");
        Cached = [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(root, file))];
        await Site.HideAsync(Path);
        Entry = (await Site.FindEntryAsync(Path))!;
    }
}
