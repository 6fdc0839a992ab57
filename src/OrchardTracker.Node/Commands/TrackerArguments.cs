using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Node;

/// <summary>What the commands that ask a tracker have in common.</summary>
internal static class TrackerArguments
{
    public static Argument<string> Url() => new("URL") { Description = "The tracker's announce address: http, https or udp." };

    public static Option<int> Timeout()
    {
        var option = new Option<int>("--timeout") { Description = "Seconds to wait for an answer.", DefaultValueFactory = _ => 30, HelpName = "SECONDS" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3600)
            {
                result.AddError("--timeout must be from 1 to 3600 seconds.");
            }
        });
        return option;
    }

    public static Option<bool> IPv4() => new("--ipv4", "-4") { Description = "Ask over IPv4 only." };

    public static Option<bool> IPv6() => new("--ipv6", "-6") { Description = "Ask over IPv6 only." };

    public static TrackerClient Client(ParseResult parsed, Option<int> timeout, Option<bool> v4, Option<bool> v6) => new(new TrackerClientOptions
    {
        HttpTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),

        // One more try in the same time: a datagram may be lost.
        UdpTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout) / 3.0),
        UdpRetries = 1,
        AddressFamily = (parsed.GetValue(v4), parsed.GetValue(v6)) switch
        {
            (true, false) => AddressFamily.InterNetwork,
            (false, true) => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        },
    });

    /// <summary>Reads a hash in hexadecimal digits, a magnet link, or a .torrent file.</summary>
    public static InfoHash? ReadHash(string text, SymbolResult result)
    {
        try
        {
            if (InfoHash.TryParseHex(text, out var hash))
            {
                return hash;
            }

            if (InfoHashV2.TryParseHex(text, out var v2))
            {
                return v2.Truncated;
            }

            if (MagnetLink.TryParse(text, out var magnet, out _))
            {
                return magnet.InfoHashV1 ?? magnet.InfoHashV2!.Value.Truncated;
            }

            if (File.Exists(text))
            {
                return Metainfo.Parse(File.ReadAllBytes(text)).TrackerHashes[0];
            }

            result.AddError($"\"{text}\" is no info-hash of 40 or 64 hexadecimal digits, no magnet link and no .torrent file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or MetainfoException)
        {
            result.AddError($"{text}: {error.Message}");
        }

        return null;
    }

    /// <summary>Does what is asked; a tracker that says no gives its reason on standard error, and exit code 1.</summary>
    public static async Task<int> AskAsync(string url, ParseResult parsed, Func<Task> ask)
    {
        try
        {
            await ask();
            return 0;
        }
        catch (TrackerException error)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{url}: {error.Message}{Retry(error.RetryIn)}");
            return 1;
        }
    }

    private static string Retry(TimeSpan? retryIn) => retryIn switch
    {
        null => "",
        var time when time == System.Threading.Timeout.InfiniteTimeSpan => " (it says: do not try again)",
        var time => $" (it says: try again in {TimeText.Write(time.Value)})",
    };
}
