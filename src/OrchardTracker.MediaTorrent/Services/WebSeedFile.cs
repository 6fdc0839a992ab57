using Microsoft.Net.Http.Headers;

namespace OrchardTracker.MediaTorrent.Services;

/// <summary>A file that is about to be sent to a client.</summary>
/// <param name="ETag">Strong: the same bytes, or another one.</param>
public sealed record WebSeedFile(Stream Stream, DateTimeOffset ModifiedUtc, EntityTagHeaderValue ETag);
