using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Counting;

namespace OrchardTracker.Torrents.Live;

/// <summary>
/// Server-Sent Events with the counts of the torrents that a page shows: all of them once, then those that change. Ends
/// when the shell is released or the host stops; the page connects again by itself.
/// </summary>
internal sealed class LiveCountsStream(TorrentBoard board, IHostApplicationLifetime lifetime)
{
    /// <summary>Of one page. A longer address would not be let in by the server.</summary>
    public const int MostTorrents = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>So often something is sent, so that proxies do not take the connection for dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    private readonly OpenStreams _streams = new();

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!board.IsPublic || !TryReadHashes(context.Request.Query["h"], out var hashes))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing to watch.");
            return;
        }

        var (address, refusal) = _streams.Begin(context.Connection.RemoteIpAddress);
        if (refusal is not null)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, refusal);
            return;
        }

        try
        {
            await StreamAsync(context, hashes);
        }
        finally
        {
            _streams.End(address);
        }
    }

    private async Task StreamAsync(HttpContext context, InfoHash[] hashes)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await using var scope = await DetachedScope.BeginAsync(context);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var sent = new TorrentCounts?[hashes.Length];
        var silence = TimeSpan.Zero;
        try
        {
            await context.Response.WriteAsync("retry: 5000\n\n", end.Token);
            while (!scope.IsShellReleased)
            {
                var message = Changes(hashes, sent);
                silence += Pause;
                if (message.Length > 0 || silence >= LongestSilence)
                {
                    await context.Response.WriteAsync(message.Length > 0 ? $"data: [{message}]\n\n" : ":\n\n", end.Token);
                    silence = TimeSpan.Zero;
                }

                await Task.Delay(Pause, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The visitor has gone, or the site stops.
        }
    }

    private string Changes(InfoHash[] hashes, TorrentCounts?[] sent)
    {
        var message = new StringBuilder();
        for (var index = 0; index < hashes.Length; index++)
        {
            if (board.TryGet(hashes[index], out var counts) && counts != sent[index])
            {
                sent[index] = counts;
                message.Append(message.Length > 0 ? "," : "")
                    .Append(System.Globalization.CultureInfo.InvariantCulture, $"[\"{hashes[index]}\",{counts.Seeders},{counts.Leechers},{counts.Completed}]");
            }
        }

        return message.ToString();
    }

    /// <summary>Hashes by forty digits, one after the other.</summary>
    private static bool TryReadHashes(string? text, out InfoHash[] hashes)
    {
        const int Digits = 2 * InfoHash.Length;
        hashes = [];
        if (string.IsNullOrEmpty(text) || text.Length % Digits != 0 || text.Length / Digits > MostTorrents)
        {
            return false;
        }

        hashes = new InfoHash[text.Length / Digits];
        for (var index = 0; index < hashes.Length; index++)
        {
            if (!InfoHash.TryParseHex(text.AsSpan(index * Digits, Digits), out hashes[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason);
    }
}
