using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.Settings;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Ports;
using OrchardTracker.Tracker.Services;

namespace OrchardTracker.Tracker.Checks;

/// <summary>Does the tracker work? Announces to it as a client would, by each way that torrents name, and says what to mend.</summary>
internal sealed class TrackerCheck(
    SiteTracker tracker, ISiteService siteService, ProxyCheck proxies, PathCheck paths, PortTexts portTexts, IStringLocalizer<TrackerCheck> localizer)
{
    private static readonly TrackerClientOptions Patience = new()
    {
        HttpTimeout = TimeSpan.FromSeconds(10),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UdpTimeout = TimeSpan.FromSeconds(3),
        UdpRetries = 1,

        // A redirect is something to mend: many clients do not follow it.
        MaxRedirects = 0,
    };

    private static readonly HashSet<string> OwnRefusals =
        [.. Enum.GetValues<Failure>().Where(failure => failure != Failure.None).Select(failure => Encoding.UTF8.GetString(FailureTexts.Of(failure)))];

    internal readonly IStringLocalizer S = localizer;

    /// <param name="request">Of who asks: by its address he has come here.</param>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        List<CheckResult> results = [CheckState()];
        var root = await FindRootAsync(request, results);
        var path = tracker.Tenant.Http.Options.AnnouncePath;
        using var client = new TrackerClient(Patience);
        results.Add(await AnnounceAsync(client, root + path, S["The address in torrents"], cancellationToken));
        results.AddRange(await paths.CheckAsync());
        results.AddRange(proxies.Check(request));
        await CheckPortsAsync(client, new Uri(root).Host, path, results, cancellationToken);
        return results;
    }

    private CheckResult CheckState()
    {
        if (!tracker.Tenant.IsActive)
        {
            return new(Checks.CheckState.Bad, S["The tracker"], S["It answers no announces at the moment: its feature or the site is switched off."]);
        }

        var passkeys = tracker.Tenant.Engine.Passkeys.Count;
        return tracker.Mode switch
        {
            TrackerMode.Private when passkeys == 0 => new(Checks.CheckState.Bad, S["The tracker"], S["It is private, and nobody has a passkey. Give a role the permission to announce."]),
            TrackerMode.Private => new(Checks.CheckState.Good, S["The tracker"], S["It is private; {0} users are known to it.", passkeys]),
            TrackerMode.Registered => new(Checks.CheckState.Good, S["The tracker"], S["It takes registered torrents; {0} are known to it.", tracker.Tenant.Engine.Torrents.Count]),
            _ => new(Checks.CheckState.Good, S["The tracker"], S["It is open: everybody may announce any torrent."]),
        };
    }

    /// <summary>The address of the site without a slash at its end.</summary>
    private async Task<string> FindRootAsync(HttpRequest request, List<CheckResult> results)
    {
        var here = $"{request.Scheme}://{request.Host}{request.PathBase}";
        var settings = await siteService.GetSiteSettingsAsync();
        if (string.IsNullOrWhiteSpace(settings.BaseUrl) || !Uri.TryCreate(settings.BaseUrl, UriKind.Absolute, out var configured))
        {
            results.Add(new(
                Checks.CheckState.Notice,
                S["The address of the site"],
                S["You have come by {0}, and torrents name the address by which they are downloaded. The base URL of the site is not set (Settings, General): set it, and this check asks there.", here]));
            return here;
        }

        var same = string.Equals(configured.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase) && configured.Scheme == request.Scheme;
        results.Add(same
            ? new(Checks.CheckState.Good, S["The address of the site"], S["The base URL is {0}, and you have come by it.", settings.BaseUrl])
            : new(Checks.CheckState.Notice, S["The address of the site"], S["The base URL is {0}, but you have come by {1}: torrents that you download now name the latter.", settings.BaseUrl, here]));
        return settings.BaseUrl.TrimEnd('/');
    }

    private async Task<CheckResult> AnnounceAsync(TrackerClient client, string url, string subject, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await client.AnnounceAsync(url, MakeRequest(), cancellationToken);
            return new(Checks.CheckState.Good, subject, reply.ExternalAddress is { } address
                ? S["An announce to {0} was answered. The tracker has seen this server as {1} there.", url, address]
                : S["An announce to {0} was answered.", url]);
        }
        catch (TrackerException error) when (error.Kind == TrackerErrorKind.Refused && OwnRefusals.Contains(error.Message))
        {
            // It has no passkey and is about no torrent: the refusal shows that it arrived.
            return new(Checks.CheckState.Good, subject, S["An announce to {0} arrived, and was refused as it had to be: {1}.", url, error.Message]);
        }
        catch (TrackerException error)
        {
            return new(Checks.CheckState.Bad, subject, error.Kind switch
            {
                TrackerErrorKind.Unreachable or TrackerErrorKind.TimedOut =>
                    S["Nothing answers at {0} ({1}). Look at the firewall, the name's address and the proxy. Some routers let no server reach its own public address: try from outside then.", url, error.Message],
                TrackerErrorKind.InvalidResponse =>
                    S["Something else answers at {0} ({1}). A page of the site or the proxy may have the same address, or it redirects: announces must arrive as they are.", url, error.Message],
                _ => S["An announce to {0} failed: {1}", url, error.Message],
            });
        }
    }

    private async Task CheckPortsAsync(TrackerClient client, string host, string path, List<CheckResult> results, CancellationToken cancellationToken)
    {
        var ports = tracker.Tenant.Ports;
        foreach (var fault in ports.Faults)
        {
            results.Add(new(Checks.CheckState.Bad, fault.Kind == PortKind.Udp ? S["The UDP port"] : S["The HTTP port"], portTexts.Of(fault)));
        }

        var open = ports.Open;
        if (open.Http != 0)
        {
            results.Add(await AnnounceAsync(client, $"http://{Bracketed(host)}:{open.Http}{path}", S["The HTTP port"], cancellationToken));
        }

        if (open.Udp != 0)
        {
            results.Add(await AnnounceAsync(client, $"udp://{Bracketed(host)}:{open.Udp}{path}", S["The UDP port"], cancellationToken));
        }
        else if (ports.Faults.All(fault => fault.Kind != PortKind.Udp))
        {
            results.Add(new(Checks.CheckState.Notice, S["The UDP port"], S["There is none. Clients that prefer UDP use HTTP."]));
        }
    }

    /// <summary>A client that leaves a swarm in which it never was: nothing is left of it.</summary>
    private static TrackerAnnounceRequest MakeRequest() => new()
    {
        InfoHash = new InfoHash(System.Security.Cryptography.RandomNumberGenerator.GetBytes(InfoHash.Length)),
        PeerId = new PeerId("-OT0001-does-it-work"u8),
        Port = 6881,
        Left = 1,
        Event = AnnounceEvent.Stopped,
        NumWant = 0,
    };

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
}
