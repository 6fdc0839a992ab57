using System.Reflection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OrchardTracker.Frontends;
using OrchardTracker.Publishing;
using OrchardTracker.Swarms;

namespace OrchardTracker.Node;

/// <summary>What machines ask: health, statistics, metrics.</summary>
internal static class StatisticsEndpoints
{
    /// <summary>The version of the program.</summary>
    public static string Version { get; } =
        typeof(StatisticsEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void MapStatistics(this IEndpointRouteBuilder routes, IServiceProvider services)
    {
        var (engine, totals, folder, time) = (
            services.GetRequiredService<TrackerEngine>(), services.GetRequiredService<TotalsCache>(),
            services.GetRequiredService<FolderService>(), services.GetRequiredService<TimeProvider>());
        var exposition = services.GetRequiredService<PrometheusExposition>();
        routes.MapHealthChecks("/health", new HealthCheckOptions { AllowCachingResponses = false });
        routes.MapGet("/stats.json", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return TypedResults.Json(Collect(engine, totals.Get(), folder, time), NodeStatisticsContext.Default.NodeStatistics);
        });
        routes.MapGet("/metrics", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(exposition.Write(), PrometheusExposition.ContentType);
        });
    }

    private static NodeStatistics Collect(TrackerEngine engine, StoreTotals totals, FolderService folder, TimeProvider time)
    {
        var counters = engine.Counters;
        var (v4, v6) = (counters.Read(TrackerCounter.Announces4), counters.Read(TrackerCounter.Announces6));
        return new NodeStatistics
        {
            Version = Version,
            Mode = engine.Settings.Mode.ToString().ToLowerInvariant(),
            StartedAt = engine.StartedAt,
            UptimeSeconds = (long)(time.GetUtcNow() - engine.StartedAt).TotalSeconds,
            Swarms = totals.Swarms,
            Peers = totals.Peers,
            Seeders = totals.Seeders,
            Leechers = totals.Leechers,
            Completed = counters.Read(TrackerCounter.Completed),
            Announces = new(v4 + v6, v4, v6, counters.Read(TrackerCounter.Throttled), counters.Read(TrackerCounter.PeersGiven)),
            Scrapes = counters.Read(TrackerCounter.Scrapes),
            Failures = Enum.GetValues<Failure>().Select(failure => KeyValuePair.Create(failure.ToString(), counters.Read(failure)))
                .Where(entry => entry.Value > 0).ToDictionary(),
            Torrents = [.. folder.Torrents.OrderBy(torrent => torrent.Name, StringComparer.Ordinal).Select(torrent => Describe(engine, torrent))],
        };
    }

    private static TorrentStatistics Describe(TrackerEngine engine, PublishedTorrent torrent)
    {
        engine.Store.TryGetCounts(torrent.InfoHash, out var counts);
        return new TorrentStatistics
        {
            Name = torrent.Name,
            InfoHashV1 = torrent.Metainfo.InfoHashV1?.ToString(),
            InfoHashV2 = torrent.Metainfo.InfoHashV2?.ToString(),
            Size = torrent.Metainfo.TotalLength,
            Seeders = counts.Seeders,
            Leechers = counts.Leechers,
            Downloads = counts.Completed,
            PublishedAt = torrent.PublishedAt,
        };
    }
}
