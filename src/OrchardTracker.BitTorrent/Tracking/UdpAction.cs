namespace OrchardTracker.BitTorrent;

/// <summary>What a packet is about (BEP 15).</summary>
internal enum UdpAction
{
    Connect = 0,
    Announce = 1,
    Scrape = 2,
    Error = 3,
}
