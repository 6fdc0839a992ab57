using System.Text.Json.Nodes;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Media.Fields;
using OrchardTracker.MediaTorrent.Fields;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>Finds the files in the media fields of a content item, and of the items within it (bags, flows).</summary>
internal sealed class MediaReferenceFinder(IContentDefinitionManager definitions)
{
    // Items hold items hold items: no editor goes that deep.
    private const int MostLevels = 10;

    public async Task<IReadOnlyCollection<MediaReference>> FindAsync(ContentItem item)
    {
        var found = new HashSet<MediaReference>();
        await AddAsync(item, found, 0);
        return found;
    }

    private async Task AddAsync(ContentItem item, HashSet<MediaReference> found, int level)
    {
        if (await definitions.GetTypeDefinitionAsync(item.ContentType) is { } type)
        {
            foreach (var part in type.Parts)
            {
                foreach (var field in part.PartDefinition.Fields.Where(field => field.FieldDefinition.Name == nameof(MediaField)))
                {
                    var isOffered = field.GetSettings<MediaFieldTorrentSettings>().OfferAsTorrent;
                    found.UnionWith(FindPaths(item, part.Name, field.Name).Select(path => new MediaReference(MediaPaths.Normalize(path), isOffered)));
                }
            }
        }

        if (level < MostLevels && (JsonObject)item.Content is { } content)
        {
            foreach (var within in FindWithin(content))
            {
                await AddAsync(within, found, level + 1);
            }
        }
    }

    // What is about to be stored, and not the parts and fields that somebody may have read before.
    private static IEnumerable<string> FindPaths(ContentItem item, string part, string field) =>
        (((JsonObject)item.Content)[part] as JsonObject)?[field] is JsonObject json && json[nameof(MediaField.Paths)] is JsonArray paths
            ? paths.OfType<JsonValue>().Select(path => path.TryGetValue<string>(out var text) ? text : "").Where(path => path.Length > 0)
            : [];

    private static IEnumerable<ContentItem> FindWithin(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(FindWithinOrItself),
        JsonObject json => json.SelectMany(property => FindWithinOrItself(property.Value)),
        _ => [],
    };

    private static IEnumerable<ContentItem> FindWithinOrItself(JsonNode? node) =>
        node is JsonObject json && json.ContainsKey(nameof(ContentItem.ContentItemId)) && json.ContainsKey(nameof(ContentItem.ContentType))
            && json.ToObject<ContentItem>() is { } item
            ? [item]
            : FindWithin(node);
}
