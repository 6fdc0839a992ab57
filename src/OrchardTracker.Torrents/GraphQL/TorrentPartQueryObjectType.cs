using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardTracker.Torrents.Counting;
using OrchardTracker.Torrents.Models;

namespace OrchardTracker.Torrents.GraphQL;

/// <summary>What queries get of a torrent. Its addresses are not among it: trackers' may hold a passkey.</summary>
public sealed class TorrentPartQueryObjectType : ObjectGraphType<TorrentPart>
{
    public TorrentPartQueryObjectType(IStringLocalizer<TorrentPartQueryObjectType> S)
    {
        Name = nameof(TorrentPart);
        Description = S["A torrent: what its file says, and its counts as of now."];
        Field("infoHash", part => part.InfoHash, nullable: true).Description(S["40 hexadecimal digits."]);
        Field("infoHashV2", part => part.InfoHashV2, nullable: true).Description(S["64 hexadecimal digits of a v2 or hybrid torrent."]);
        Field("name", part => part.Name, nullable: true).Description(S["The torrent's own name."]);
        Field("size", part => part.Size).Description(S["In bytes, without padding."]);
        Field("fileCount", part => part.FileCount).Description(S["How many files are in it."]);
        Field("isPrivate", part => part.IsPrivate).Description(S["Whether peers come from its own trackers only."]);
        Field("isFreeLeech", part => part.IsFreeLeech).Description(S["Whether downloading it counts in nobody's account."]);
        AddCount("seeders", S["Who has all of it, as of now."], counts => counts.Seeders);
        AddCount("leechers", S["Who has not all of it yet, as of now."], counts => counts.Leechers);
        AddCount("completed", S["Downloads that were completed."], counts => counts.Completed);
    }

    private void AddCount(string name, string description, Func<TorrentCounts, int> count) => Field<IntGraphType>(name)
        .Description(description)
        .Resolve(context => count(context.RequestServices!.GetRequiredService<TorrentBoard>().Get(context.Source.InfoHash)));
}
