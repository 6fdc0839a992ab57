namespace OrchardTracker.Frontends;

internal enum TrackerAction : byte
{
    None,
    Announce,
    Scrape,
}
