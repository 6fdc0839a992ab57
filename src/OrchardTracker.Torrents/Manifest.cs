using OrchardCore.Modules.Manifest;
using OrchardTracker.Torrents;

[assembly: Module(
    Name = "BitTorrent Torrents",
    Author = "The OrchardTracker contributors",
    Version = "0.1.0",
    Description = "Torrents as content: listing, search, details, statistics, upload, feeds, API.",
    Category = "BitTorrent"
)]

[assembly: Feature(
    Id = TorrentFeatures.Torrents,
    Name = "BitTorrent Torrents",
    Description = "Torrents as content: listing, search, details, statistics, upload, feeds, API.",
    Dependencies =
    [
        TorrentFeatures.Storage,
        "OrchardCore.Autoroute",
        "OrchardCore.Contents",
        "OrchardCore.ContentTypes",
        "OrchardCore.Markdown",
        "OrchardCore.Title",
    ],
    Category = "BitTorrent"
)]

[assembly: Feature(
    Id = TorrentFeatures.Storage,
    Name = "BitTorrent Torrent Storage",
    Description = "Keeps the bytes of .torrent files, for the modules that make or list torrents.",
    Category = "BitTorrent",
    EnabledByDependencyOnly = true
)]
