using OrchardCore.Modules.Manifest;
using OrchardTracker.MediaTorrent;

[assembly: Module(
    Name = "BitTorrent Media Torrents",
    Author = "The OrchardTracker contributors",
    Version = "0.1.0",
    Description = "A torrent comes by itself for each file uploaded to the media library; the original can stay hidden.",
    Category = "BitTorrent"
)]

[assembly: Feature(
    Id = MediaTorrentFeatures.MediaTorrent,
    Name = "BitTorrent Media Torrents",
    Description = "A torrent comes by itself for each file uploaded to the media library; the original can stay hidden.",
    Category = "BitTorrent",
    Dependencies = ["OrchardCore.Media", "OrchardTracker.Torrents.Storage"]
)]
