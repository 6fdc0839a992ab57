using OrchardTracker.SiteBench;

const string Help = """
    Fills a site and measures it.

      NUMBER                    so many torrents: their pages beside Orchard Core's own list of content, in one run
      users NUMBER              so many users of a private tracker: loading them, changing one, announcing as one
      hashing [MEGABYTES]       from a file in the media library to its torrent, beside the library alone, mktorrent and
                                transmission-create; 1,000 MB by default

    The first two on SQLite, or on PostgreSQL, in an empty database, when a connection string follows.
    NUMBER … --folder PATH keeps the site of torrents there; one that is there already is only filled up.

    dotnet run -c Release --project bench/OrchardTracker.SiteBench -- 100000
    dotnet run -c Release --project bench/OrchardTracker.SiteBench -- users 800000
    """;

if (args is ["users", var users, ..] && int.TryParse(users, out var userCount) && userCount > 0 && args.Length <= 3)
{
    await UserBench.RunAsync(Console.Out, userCount, args.ElementAtOrDefault(2));
    return 0;
}

switch (args)
{
    case ["hashing", .. var size] when size is [] or [_]:
        await MediaHashingBench.RunAsync(Console.Out, MegabytesOf(size));
        return 0;
}

var folder = args is [.., "--folder", var path] ? path : null;
var rest = folder is null ? args : args[..^2];
if (rest is [var number, ..] && int.TryParse(number, out var count) && count > 0 && rest.Length <= 2)
{
    await PageBench.RunAsync(Console.Out, count, rest.ElementAtOrDefault(1), folder);
    return 0;
}

Console.WriteLine(Help);
return args is [] or ["help"] or ["--help"] or ["-h"] ? 0 : 2;

static int MegabytesOf(string[] size) => size is [var text] && int.TryParse(text, out var megabytes) && megabytes > 0 ? megabytes : 1_000;
