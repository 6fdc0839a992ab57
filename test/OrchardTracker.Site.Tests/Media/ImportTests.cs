using System.Net;
using System.Security.Cryptography;
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
        await ExportAsync(package, "packed/carried.pdf");
        await Site.AddTenantAsync(Second, Second);

        await Site.InTenantAsync(
            async services =>
            {
                using var files = new PhysicalFileProvider(package.Folder);
                await services.GetRequiredService<IDeploymentManager>().ImportDeploymentPackageAsync(files);
            },
            Second);

        using var visitor = Site.CreateClient(Second);
        await MediaSteps.EventuallyAsync(
            async () => (await visitor.GetStringAsync($"Contents/ContentItems/{item}")).Contains($"magnet:?xt=urn:btih:{entry.InfoHash}", StringComparison.Ordinal),
            () => $"It is not offered.\n{Site.Log}");
        Assert.Equal(bytes, await visitor.GetByteArrayAsync("media/packed/carried.pdf"));
        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync("media/packed/carried.pdf?torrent"));
        Assert.Equal(entry.InfoHash, torrent.TrackerHashes[0].ToString());
        Assert.Contains(torrent.AnnounceTiers.SelectMany(tier => tier), url => url.StartsWith($"{Site.Url}{Second}/", StringComparison.Ordinal));
    }

    private Task ExportAsync(TemporaryFileBuilder package, string path) => Site.InBackgroundAsync(async services =>
    {
        var plan = new DeploymentPlan();
        plan.DeploymentSteps.AddRange(
        [
            new ContentDefinitionDeploymentStep { ContentTypes = [ContentSteps.Type], ContentParts = [ContentSteps.Type] },
            new MediaDeploymentStep { FilePaths = [path], DirectoryPaths = [] },
            new ContentDeploymentStep { ContentTypes = [ContentSteps.Type] },
        ]);
        var result = new DeploymentPlanResult(package, new RecipeDescriptor { Name = "Export" });
        await services.GetRequiredService<IDeploymentManager>().ExecuteDeploymentPlanAsync(plan, result);
        Assert.Equal(3, result.Steps.Count);
    });
}
