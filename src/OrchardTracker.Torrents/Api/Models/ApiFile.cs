using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>A file of a torrent.</summary>
public sealed record ApiFile(
    [property: Description("Below the torrent's folder, parted by '/'.")] string Path,
    [property: Description("In bytes.")] long Length);
