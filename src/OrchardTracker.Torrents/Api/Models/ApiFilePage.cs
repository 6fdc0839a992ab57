using System.ComponentModel;

namespace OrchardTracker.Torrents.Api.Models;

/// <summary>Some files of a torrent, in their order, without padding.</summary>
public sealed record ApiFilePage(
    IReadOnlyList<ApiFile> Files,
    [property: Description("Files in all.")] int Count,
    [property: Description("For the parameter 'after' of the next request; null when there are no more.")] string? Next);
