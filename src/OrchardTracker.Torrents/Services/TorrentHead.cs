using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using OrchardCore.ResourceManagement;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.Services;

/// <summary>Tells search engines and other sites what a torrent's page is: OpenGraph and schema.org.</summary>
public sealed class TorrentHead(IResourceManager resources, IHttpContextAccessor httpContextAccessor)
{
    private const int LongestDescription = 300;

    public Task DescribeAsync(TorrentPart part, ServedTorrent? torrent)
    {
        if (part.IsUnlisted)
        {
            resources.RegisterMeta(new MetaEntry { Name = "robots", Content = "noindex" });
            return Task.CompletedTask;
        }

        var request = httpContextAccessor.HttpContext!.Request;
        var url = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";
        var root = $"{request.Scheme}://{request.Host}{request.PathBase}";
        var title = part.ContentItem.DisplayText;
        var description = Describe(part);
        Register("og:type", "website");
        Register("og:title", title);
        Register("og:url", url);
        Register("og:description", description);
        resources.RegisterMeta(new MetaEntry { Name = "description", Content = description });
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Dataset",
            ["name"] = title,
            ["description"] = description,
            ["url"] = url,
            ["identifier"] = "urn:btih:" + part.InfoHash,
            ["datePublished"] = part.ListedUtc?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        if (torrent is { IsPersonal: false })
        {
            data["distribution"] = new JsonObject
            {
                ["@type"] = "DataDownload",
                ["encodingFormat"] = ServedTorrent.ContentType,
                ["contentUrl"] = $"{root}/torrents/{part.InfoHash}.torrent",
                ["contentSize"] = part.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        // Its default encoder writes "<" as \u003C: no name can end the script.
        var script = new TagBuilder("script");
        script.Attributes["type"] = "application/ld+json";
        script.InnerHtml.AppendHtml(new HtmlString(data.ToJsonString(JsonSerializerOptions.Default)));
        resources.RegisterHeadScript(script);
        return Task.CompletedTask;
    }

    private static string Describe(TorrentPart part)
    {
        var text = TorrentContent.GetDescription(part.ContentItem);
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"{part.Name}, {SizeText.Write(part.Size)}";
        }

        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > LongestDescription ? line[..LongestDescription] + "…" : line;
    }

    private void Register(string property, string content) => resources.RegisterMeta(new MetaEntry { Property = property, Content = content });
}
