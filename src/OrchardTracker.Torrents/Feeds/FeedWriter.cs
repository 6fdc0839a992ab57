using System.Globalization;
using System.Net;
using System.Xml.Linq;
using OrchardTracker.Torrents.Services;

namespace OrchardTracker.Torrents.Feeds;

/// <summary>Writes feeds of torrents: RSS 2.0 with what BEP 36 adds, and Atom (RFC 4287).</summary>
internal static class FeedWriter
{
    /// <summary>So often readers should come, in minutes.</summary>
    private const int MinutesToLive = 15;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XNamespace Torrent = "http://xmlns.ezrss.it/0.1/";

    public static XDocument WriteRss(TorrentFeed feed) => new(new XElement(
        "rss",
        new XAttribute("version", "2.0"),
        new XAttribute(XNamespace.Xmlns + "atom", Atom),
        new XAttribute(XNamespace.Xmlns + "media", Media),
        new XAttribute(XNamespace.Xmlns + "torrent", Torrent),
        new XElement(
            "channel",
            new XElement("title", Clean(feed.Title)),
            new XElement("link", feed.ListUrl),
            new XElement("description", Clean(feed.Title)),
            new XElement("lastBuildDate", feed.Updated.ToString("R", CultureInfo.InvariantCulture)),
            new XElement("ttl", MinutesToLive),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/rss+xml"), new XAttribute("href", feed.Url)),
            feed.Entries.Select(WriteItem))));

    public static XDocument WriteAtom(TorrentFeed feed) => new(new XElement(
        Atom + "feed",
        new XElement(Atom + "title", Clean(feed.Title)),
        new XElement(Atom + "id", feed.ListUrl),
        new XElement(Atom + "updated", Date(feed.Updated)),
        new XElement(Atom + "author", new XElement(Atom + "name", Clean(feed.Title))),
        new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("href", feed.Url)),
        new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("href", feed.ListUrl)),
        feed.Entries.Select(WriteEntry)));

    private static XElement WriteItem(FeedEntry entry) => new(
        "item",
        new XElement("title", Clean(entry.Row.ContentItem.DisplayText)),
        new XElement("link", entry.PageUrl),
        new XElement("guid", new XAttribute("isPermaLink", "false"), Id(entry)),
        new XElement("pubDate", (entry.Row.Hit.ListedUtc ?? DateTimeOffset.UnixEpoch).ToString("R", CultureInfo.InvariantCulture)),

        // Readers take a description for HTML: what is text is written so that it stays text.
        new XElement("description", WebUtility.HtmlEncode(Clean(entry.Description))),
        entry.Categories.Select(category => new XElement("category", Clean(category))),
        new XElement(
            "enclosure",
            new XAttribute("url", entry.TorrentUrl),
            new XAttribute("length", entry.Row.Part.FileLength),
            new XAttribute("type", ServedTorrent.ContentType)),
        new XElement(
            Media + "content",
            new XAttribute("url", entry.TorrentUrl),
            new XAttribute("fileSize", entry.Row.Part.Size),
            new XElement(Media + "hash", new XAttribute("algo", "sha1"), entry.Row.Part.InfoHash)),
        new XElement(Torrent + "infoHash", entry.Row.Part.InfoHash),
        new XElement(Torrent + "contentLength", entry.Row.Part.Size),
        new XElement(Torrent + "fileName", Clean(entry.Row.Part.Name ?? "") + ".torrent"),
        new XElement(Torrent + "seeds", entry.Row.Counts.Seeders),
        new XElement(Torrent + "peers", entry.Row.Counts.Leechers));

    private static XElement WriteEntry(FeedEntry entry) => new(
        Atom + "entry",
        new XElement(Atom + "title", Clean(entry.Row.ContentItem.DisplayText)),
        new XElement(Atom + "id", Id(entry)),
        new XElement(Atom + "published", Date(entry.Row.Hit.ListedUtc ?? DateTimeOffset.UnixEpoch)),
        new XElement(Atom + "updated", Date(entry.Row.Hit.ListedUtc ?? DateTimeOffset.UnixEpoch)),
        new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("href", entry.PageUrl)),
        new XElement(
            Atom + "link",
            new XAttribute("rel", "enclosure"),
            new XAttribute("type", ServedTorrent.ContentType),
            new XAttribute("length", entry.Row.Part.FileLength),
            new XAttribute("href", entry.TorrentUrl)),
        entry.Categories.Select(category => new XElement(Atom + "category", new XAttribute("term", Clean(category)))),
        new XElement(Atom + "summary", Clean(entry.Description)));

    private static string Id(FeedEntry entry) => "urn:btih:" + entry.Row.Part.InfoHash;

    private static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without what XML cannot hold: names in torrents are any bytes.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune =>
        rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000));
}
