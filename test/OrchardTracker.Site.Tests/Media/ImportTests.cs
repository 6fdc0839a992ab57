using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using OrchardCore.Contents.Deployment;
using OrchardCore.ContentTypes.Deployment;
using OrchardCore.Deployment;
using OrchardCore.Deployment.Core.Services;
using OrchardCore.Deployment.Services;
using OrchardCore.Media.Deployment;
using OrchardCore.Recipes.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Content and its files that come from elsewhere: by recipes, and by packages of another site.</summary>
public sealed class ImportTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Second = "second";

    private TestSite Site => fixture.Site;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_offer_the_files_of_an_item_that_a_recipe_brings_to_those_who_may_see_it(bool isPublished)
    {
        await Site.DefineReleaseAsync();
        var bytes = RandomNumberGenerator.GetBytes(40_000);
        var path = $"recipes/published {isPublished}.pdf";
        var item = $"recipe{isPublished}".ToLowerInvariant();

        await Site.RunStepAsync($$"""{ "name": "media", "Files": [ { "TargetPath": "{{path}}", "Base64": "{{Convert.ToBase64String(bytes)}}" } ] }""");
        await Site.RunStepAsync($$"""
            {
              "name": "Content",
              "data": [ {
                "ContentItemId": "{{item}}", "ContentItemVersionId": "{{item}}version", "ContentType": "Release", "DisplayText": "Brought",
                "Latest": true, "Published": {{(isPublished ? "true" : "false")}}, "TitlePart": { "Title": "Brought" },
                "Release": { "Files": { "Paths": [ "{{path}}" ], "MediaTexts": [ "" ] } }
              } ]
            }
            """);

        var entry = (await Site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready } && entry.IsRestricted == !isPublished && entry.IsPrivate == !isPublished))!;
        using var visitor = Site.CreateClient();
        using var answer = await visitor.GetAsync($"media-torrents/{entry.EntryId}.torrent");
        Assert.Equal(isPublished ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        if (isPublished)
        {
            Assert.Contains($"magnet:?xt=urn:btih:{entry.InfoHash}", await visitor.GetStringAsync($"Contents/ContentItems/{item}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_make_torrents_of_what_a_package_brings_from_another_tenant()
    {
        await Site.EnableFeaturesAsync("OrchardCore.Deployment");
        await Site.DefineReleaseAsync();
        var bytes = RandomNumberGenerator.GetBytes(40_000);
        await Site.WriteAsync("packed/carried.pdf", bytes);
        var entry = await Site.WaitForTorrentAsync("packed/carried.pdf");
        var item = await Site.AddReleaseAsync("Carried", isPublished: true, "packed/carried.pdf");
        using var package = new TemporaryFileBuilder();
        await ExportAsync(
            package,
            new ContentDefinitionDeploymentStep { ContentTypes = [ContentSteps.Type], ContentParts = [ContentSteps.Type] },
            new MediaDeploymentStep { FilePaths = ["packed/carried.pdf"], DirectoryPaths = [] },
            new ContentDeploymentStep { ContentTypes = [ContentSteps.Type] });
        await Site.AddTenantAsync(Second, Second);

        await ImportAsync(package, Second);

        using var visitor = Site.CreateClient(Second);
        await MediaSteps.EventuallyAsync(
            async () => (await visitor.GetStringAsync($"Contents/ContentItems/{item}")).Contains($"magnet:?xt=urn:btih:{entry.InfoHash}", StringComparison.Ordinal),
            () => $"It is not offered.\n{Site.Log}");
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/packed/carried.pdf"));
        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync("media/packed/carried.pdf?torrent"));
        Assert.Equal(entry.InfoHash, torrent.TrackerHashes[0].ToString());
        Assert.Contains(torrent.AnnounceTiers.SelectMany(tier => tier), url => url.StartsWith($"{Site.Url}{Second}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_have_hidden_where_it_is_imported_what_is_hidden_here_and_keep_all_else_that_was_decided()
    {
        await Site.EnableFeaturesAsync("OrchardCore.Deployment");
        await Site.SetAsync(settings => settings.Rules =
        [
            new MediaRule { Id = "album", Folder = "decided/album", Choices = new MediaChoices { Scope = MediaScope.Folder, IsTorrentOnly = true } },
            new MediaRule { Id = "bare", Folder = "decided/bare", Choices = new MediaChoices { Make = false, IsTorrentOnly = true } },
        ]);
        string[] hidden = ["decided/secret.pdf", "decided/album/one.pdf", "decided/album/two.pdf", "decided/bare/no torrent.pdf"];
        string[] visible = ["decided/quiet.pdf", "decided/plain.pdf", "decided/usual.pdf"];
        foreach (var path in hidden.Concat(visible))
        {
            await Site.WriteAsync(path, RandomNumberGenerator.GetBytes(30_000));
        }

        var secret = await Site.WaitForTorrentAsync("decided/secret.pdf");
        foreach (var path in visible.Append("decided/album"))
        {
            await Site.WaitForTorrentAsync(path);
        }

        await Site.HideAsync("decided/secret.pdf");
        await Site.ActAsync("decided/quiet.pdf", MediaTorrentBulkAction.Unlist);
        await Site.ActAsync("decided/plain.pdf", MediaTorrentBulkAction.Remove);
        using var package = new TemporaryFileBuilder();
        await ExportAsync(package, new MediaDeploymentStep { FilePaths = [], DirectoryPaths = ["decided"] });
        Assert.All(hidden.Concat(visible), path => Assert.True(File.Exists(Path.Combine(package.Folder, path)), path));
        await Site.AddTenantAsync("third", "third");

        await ImportAsync(package, "third");

        using var visitor = Site.CreateClient("third");
        foreach (var path in hidden)
        {
            await MediaSteps.EventuallyAsync(
                async () =>
                {
                    using var answer = await visitor.GetAsync($"media/{path}");
                    return answer.StatusCode == HttpStatusCode.NotFound;
                },
                () => $"{path} is public.\n{Site.Log}");
        }

        MediaEntry?[] entries = [];
        await MediaSteps.EventuallyAsync(
            async () => (entries = [await FindAsync("decided/secret.pdf"), await FindAsync("decided/quiet.pdf"), await FindAsync("decided/usual.pdf")])
                .All(entry => entry is { State: MediaEntryState.Ready }),
            () => $"{JsonSerializer.Serialize(entries)}\n{Site.Log}");
        Assert.Equal((secret.InfoHash, true), (entries[0]!.InfoHash, entries[0]!.Override.IsTorrentOnly));
        Assert.Equal(secret.InfoHash, Metainfo.Parse(await visitor.GetByteArrayAsync("media/decided/secret.pdf?torrent")).TrackerHashes[0].ToString());
        Assert.False(entries[1]!.Override.IsListed);
        Assert.Equal(new MediaOverride(), entries[2]!.Override);
        Assert.Equal(MediaEntryState.Off, (await FindAsync("decided/plain.pdf"))!.State);
        Assert.Equal(MediaEntryState.Off, (await FindAsync("decided/bare/no torrent.pdf"))!.State);
        Assert.All(visible, path => Assert.True(File.Exists(Path.Combine(Site.Folder, "App_Data/Sites/third/Media", path)), path));
        Assert.All(hidden, path => Assert.False(File.Exists(Path.Combine(Site.Folder, "App_Data/Sites/third/Media", path)), path));

        Task<MediaEntry?> FindAsync(string path) => Site.InTenantAsync(services => services.GetRequiredService<MediaEntryStore>().FindByPathAsync(path), "third");
    }

    [Fact]
    public async Task Should_hide_a_folder_that_is_one_torrent_as_a_whole()
    {
        await Site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "whole", Folder = "whole", Choices = new MediaChoices { Scope = MediaScope.Folder } }]);
        string[] paths = ["whole/one.pdf", "whole/deep/two.pdf"];
        foreach (var path in paths)
        {
            await Site.WriteAsync(path, RandomNumberGenerator.GetBytes(20_000));
        }

        await Site.WaitForEntryAsync("whole", entry => entry is { State: MediaEntryState.Ready, Length: 40_000 });

        await Site.RunStepAsync("""{ "name": "MediaTorrentDecisions", "Files": [ { "Path": "whole", "IsTorrentOnly": true } ] }""");

        foreach (var path in paths)
        {
            await MediaSteps.EventuallyAsync(() => Site.IsHiddenAsync(path), () => $"{path} is public.\n{Site.Log}");
            Assert.Null(await Site.FindEntryAsync(path));
        }

        await Site.WaitForEntryAsync("whole", entry => entry is { State: MediaEntryState.Ready, IsFolder: true, Override.IsTorrentOnly: true });
    }

    [Theory]
    [InlineData("""{ "Path": "decided/nowhere.pdf", "IsTorrentOnly": true }""")]
    [InlineData("""{ "Path": "", "IsTorrentOnly": true }""")]
    [InlineData("""{ "Path": "../../tenants.json", "IsTorrentOnly": true }""")]
    [InlineData("""{ "IsTorrentOnly": true }""")]
    [InlineData("""{ "Path": 12 }""")]
    public async Task Should_say_what_it_cannot_put_in_force(string file)
    {
        var errors = await Site.TryStepAsync($$"""{ "name": "MediaTorrentDecisions", "Files": [ {{file}}, 1, null ] }""");

        Assert.Contains("is not in force", Assert.Single(errors), StringComparison.Ordinal);
    }

    private Task ImportAsync(TemporaryFileBuilder package, string tenant) => Site.InTenantAsync(
        async services =>
        {
            using var files = new PhysicalFileProvider(package.Folder);
            await services.GetRequiredService<IDeploymentManager>().ImportDeploymentPackageAsync(files);
        },
        tenant);

    private Task ExportAsync(TemporaryFileBuilder package, params DeploymentStep[] steps) => Site.InBackgroundAsync(async services =>
    {
        var plan = new DeploymentPlan();
        plan.DeploymentSteps.AddRange(steps);
        var result = new DeploymentPlanResult(package, new RecipeDescriptor { Name = "Export" });
        await services.GetRequiredService<IDeploymentManager>().ExecuteDeploymentPlanAsync(plan, result);
        Assert.True(result.Steps.Count >= steps.Length);
    });
}
