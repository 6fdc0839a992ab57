namespace OrchardTracker.Torrents.Feeds;

/// <summary>A feed, in whatever format it is written.</summary>
/// <param name="Url">Its own address.</param>
/// <param name="ListUrl">The address of the page that shows the same.</param>
public sealed record TorrentFeed(string Title, string Url, string ListUrl, DateTimeOffset Updated, IReadOnlyList<FeedEntry> Entries);
