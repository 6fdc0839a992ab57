using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>A tracker that is scraped: it remembers what it was asked, and answers what a test wants.</summary>
internal sealed class StubTracker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asking;

    private StubTracker(WebApplication app) => _app = app;

    /// <summary>Without a slash at the end.</summary>
    public string Origin => _app.Urls.First();

    /// <summary>The hashes of each question, as they were written.</summary>
    public ConcurrentQueue<string[]> Questions { get; } = [];

    /// <summary>So many questions were open at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Says that a torrent has seven seeders.</summary>
    public static Task<StubTracker> StartAsync(InfoHash known) =>
        StartAsync([.. "d5:filesd20:"u8, .. known.ToArray(), .. "d8:completei7e10:downloadedi7e10:incompletei7eeee"u8]);

    /// <param name="answer">Bencoded.</param>
    public static Task<StubTracker> StartAsync(string answer, TimeSpan takes = default) => StartAsync(Encoding.ASCII.GetBytes(answer), takes);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<StubTracker> StartAsync(byte[] answer, TimeSpan takes = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var tracker = new StubTracker(app);
        app.Run(async context =>
        {
            tracker.MostAtOnce = Math.Max(tracker.MostAtOnce, Interlocked.Increment(ref tracker._asking));
            tracker.Questions.Enqueue([.. context.Request.QueryString.Value!.TrimStart('?').Split('&').Where(part => part.StartsWith("info_hash=", StringComparison.Ordinal))]);
            await Task.Delay(takes);
            Interlocked.Decrement(ref tracker._asking);
            await context.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        return tracker;
    }
}
