using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Torrents.Searching;

namespace OrchardTracker.SiteBench;

/// <summary>Fills a site as its own modules do: by the catalogue, through content handlers and indexes.</summary>
internal static class BenchTorrents
{
    private const int AtOnce = 250;

    private static readonly string[] Words = ["amber", "birch", "cedar", "delta", "ember", "field", "grove", "heron", "inlet", "jade", "kelp", "larch", "moss", "north", "otter", "pine"];

    public static async Task FillAsync(BenchSite site, int count, TextWriter progress)
    {
        var start = Stopwatch.GetTimestamp();
        for (var first = await CountAsync(site); first < count; first += AtOnce)
        {
            await site.InTenantAsync(async services =>
            {
                var catalog = services.GetRequiredService<ITorrentCatalog>();
                for (var number = first; number < Math.Min(count, first + AtOnce); number++)
                {
                    await catalog.PublishAsync(Make(number), new CatalogDetails { Title = Title(number), Description = "Some words about it." });
                }
            });
            if (first % 10_000 == 0)
            {
                await progress.WriteLineAsync($"{first:N0} torrents after {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s");
            }
        }
    }

    /// <summary>How many a site has been filled with before; whole batches are there or not.</summary>
    private static async Task<int> CountAsync(BenchSite site)
    {
        var count = 0;
        await site.InTenantAsync(async services =>
            count = (await services.GetRequiredService<TorrentFinder>().CountAsync(new TorrentQuery { Visibility = TorrentVisibility.Published })).Number);
        return count / AtOnce * AtOnce;
    }

    public static string Title(int number) => $"{Word(number)} {Word(number / 16)} {Word(number / 256)} {number}";

    private static string Word(int number) => Words[number % Words.Length];

    private static Metainfo Make(int number)
    {
        var info = new StringBuilder("d5:filesl");
        for (var file = 0; file < 5; file++)
        {
            var name = $"{Word(number + file)}-{file}.txt";
            info.Append(System.Globalization.CultureInfo.InvariantCulture, $"d6:lengthi{1_000_000 + number}e4:pathl6:folder{name.Length}:{name}ee");
        }

        var title = $"torrent-{number}";
        info.Append(System.Globalization.CultureInfo.InvariantCulture, $"e4:name{title.Length}:{title}12:piece lengthi1048576e6:pieces");
        var pieces = RandomNumberGenerator.GetBytes(20 * (int)(((5L * (1_000_000 + number)) + 1_048_575) / 1_048_576));
        byte[] bytes = [.. "d4:info"u8, .. Encoding.ASCII.GetBytes($"{info}{pieces.Length}:"), .. pieces, .. "ee"u8];
        return Metainfo.Parse(bytes);
    }
}
