using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Python's feedparser, which feed readers are made with.</summary>
internal static class FeedReader
{
    private const string Python = "/usr/bin/python3";

    private const string Program =
        """
        import feedparser, json, sys
        feed = feedparser.parse(sys.stdin.buffer.read())
        json.dump({
            'faults': bool(feed.bozo), 'version': feed.version, 'title': feed.feed.get('title'), 'ttl': feed.feed.get('ttl'),
            'entries': [{
                'id': e.get('id'), 'title': e.get('title'), 'link': e.get('link'), 'summary': e.get('summary'),
                'published': list(e.get('published_parsed') or []), 'infoHash': e.get('torrent_infohash'),
                'tags': [t.term for t in e.get('tags', [])],
                'enclosures': [{'href': x.get('href'), 'type': x.get('type')} for x in e.get('enclosures', [])],
            } for e in feed.entries],
        }, sys.stdout)
        """;

    /// <summary>Skips the test by name where there is no feedparser.</summary>
    public static async Task<JsonNode> ReadAsync(byte[] feed)
    {
        Assert.SkipUnless(File.Exists(Python), "There is no Python here.");
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(feed);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended before: its error says why.
        }

        await process.WaitForExitAsync();
        Assert.SkipWhen((await error).Contains("No module named", StringComparison.Ordinal), "There is no feedparser here: apt-get install python3-feedparser.");
        Assert.True(process.ExitCode == 0, await error);
        return JsonNode.Parse(await output)!;
    }
}
