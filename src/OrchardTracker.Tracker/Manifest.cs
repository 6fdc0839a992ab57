using OrchardCore.Modules.Manifest;
using OrchardTracker.Tracker;

[assembly: Module(
    Name = "BitTorrent Tracker",
    Author = "The OrchardTracker contributors",
    Version = "0.1.0",
    Description = "A BitTorrent tracker: open, for registered torrents, or private with a passkey for each user. Set it up at Settings, Tracker.",
    Category = "BitTorrent"
)]

[assembly: Feature(
    Id = TrackerFeatures.Tracker,
    Name = "BitTorrent Tracker",
    Description = "A BitTorrent tracker: open, for registered torrents, or private with a passkey for each user. Set it up at Settings, Tracker.",
    Category = "BitTorrent",
    Dependencies = ["OrchardCore.Roles", "OrchardCore.Settings", "OrchardCore.Users"]
)]
