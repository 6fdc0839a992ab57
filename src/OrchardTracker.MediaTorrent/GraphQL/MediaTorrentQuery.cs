using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Apis.GraphQL;
using OrchardCore.Apis.GraphQL.Resolvers;
using OrchardTracker.MediaTorrent.Services;

namespace OrchardTracker.MediaTorrent.GraphQL;

/// <summary><c>mediaTorrent(path: "…")</c>: the torrent of a file, for a caller who may have it.</summary>
public sealed class MediaTorrentQuery(IStringLocalizer<MediaTorrentQuery> S) : ISchemaBuilder
{
    public Task<string> GetIdentifierAsync() => Task.FromResult("");

    public Task BuildAsync(ISchema schema)
    {
        schema.Query!.AddField(new FieldType
        {
            Name = "mediaTorrent",
            Description = S["The torrent of a file in the media library; null when there is none for you."],
            Type = typeof(MediaTorrentType),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = "path", Description = S["The path in the media library."] }),
            Resolver = new LockedAsyncFieldResolver<MediaOffer?>(async context =>
                await context.RequestServices!.GetRequiredService<MediaOffers>().FindAsync(context.GetArgument("path", "")!)),
        });
        return Task.CompletedTask;
    }
}
