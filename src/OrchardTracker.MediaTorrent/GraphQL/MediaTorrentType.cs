using GraphQL.Types;
using Microsoft.Extensions.Localization;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.GraphQL;

/// <summary>A media torrent as GraphQL gives it.</summary>
public sealed class MediaTorrentType : ObjectGraphType<MediaOffer>
{
    public MediaTorrentType(IStringLocalizer<MediaTorrentType> S)
    {
        Name = "MediaTorrent";
        Field<StringGraphType>("path").Description(S["The path in the media library."]).Resolve(context => context.Source.Entry.Path);
        Field<StringGraphType>("name").Description(S["The name within the torrent."]).Resolve(context => context.Source.Name);
        Field<LongGraphType>("length").Description(S["In bytes."]).Resolve(context => context.Source.Entry.Length);
        Field<StringGraphType>("infoHash").Description(S["The hash that clients announce."]).Resolve(context => context.Source.Entry.InfoHash);
        Field<StringGraphType>("torrentUrl").Description(S["Where the .torrent is."]).Resolve(context => context.Source.TorrentUrl);
        Field<StringGraphType>("magnet").Description(S["The magnet link; null where there is none."]).Resolve(context => context.Source.Magnet);
        Field<StringGraphType>("fileUrl").Description(S["Where the file itself is; null when it is hidden."]).Resolve(context => context.Source.FileUrl);
        Field<IntGraphType>("seeders").Description(S["How many clients have the whole file."]).Resolve(context => context.Source.Counts.Seeders);
        Field<IntGraphType>("leechers").Description(S["How many clients download it."]).Resolve(context => context.Source.Counts.Leechers);
        Field<IntGraphType>("completed").Description(S["How many downloads have been completed."]).Resolve(context => context.Source.Counts.Completed);
    }
}
