using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Media.Fields;
using OrchardTracker.MediaTorrent.Fields;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A content type whose field offers its files as torrents.</summary>
internal static class ContentSteps
{
    public const string Type = "Release";

    /// <param name="isAttached">Whether files are uploaded for one item, and lie in its folder.</param>
    public static Task DefineReleaseAsync(this TestSite site, bool offersTorrents = true, bool isAttached = false) => site.InBackgroundAsync(async services =>
    {
        var definitions = services.GetRequiredService<IContentDefinitionManager>();
        await definitions.AlterPartDefinitionAsync(Type, part => part.WithField("Files", field => field
            .OfType(nameof(MediaField))
            .WithDisplayName("Files")
            .WithEditor(isAttached ? "Attached" : null)
            .WithSettings(new MediaFieldTorrentSettings { OfferAsTorrent = offersTorrents })));
        await definitions.AlterTypeDefinitionAsync(Type, type => type
            .Creatable().Listable().Draftable().Versionable().Securable()
            .WithPart("TitlePart").WithPart("AutoroutePart").WithPart(Type));
    });

    /// <summary>Makes a release with files of the media library.</summary>
    /// <returns>The id of the content item.</returns>
    public static async Task<string> AddReleaseAsync(this TestSite site, string title, bool isPublished, params string[] paths)
    {
        var id = "";
        await site.InBackgroundAsync(async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var item = await contents.NewAsync(Type);
            item.DisplayText = title;
            item.Content["TitlePart"] = new JsonObject { ["Title"] = title };
            item.Content[Type] = new JsonObject { ["Files"] = new JsonObject { ["Paths"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]), ["MediaTexts"] = new JsonArray() } };
            await contents.CreateAsync(item, isPublished ? VersionOptions.Published : VersionOptions.Draft);
            id = item.ContentItemId;
        });
        return id;
    }

    /// <summary>Has a site on which members alone, who are contributors, see content.</summary>
    public static async Task ShowContentToMembersAloneAsync(this TestSite site)
    {
        await site.AddUserAsync("member", "Contributor");
        await site.TryRevokeAsync("Anonymous", "ViewContent");
        await site.TryRevokeAsync("Authenticated", "ViewContent");
        await site.GrantAsync("Contributor", "ViewContent");
    }

    public static Task ChangeItemAsync(this TestSite site, string id, Func<IContentManager, ContentItem, Task> change) => site.InBackgroundAsync(async services =>
    {
        var contents = services.GetRequiredService<IContentManager>();
        await change(contents, (await contents.GetAsync(id, VersionOptions.Latest))!);
    });
}
