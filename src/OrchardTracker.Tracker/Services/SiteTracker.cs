using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Hosting;

namespace OrchardTracker.Tracker.Services;

/// <summary>A shell's handle on the tracker of its tenant. Owns nothing: it is disposed with the shell, the tracker is not.</summary>
public sealed class SiteTracker(ShellSettings shellSettings, IOptions<ShellOptions> shellOptions, TimeProvider time) : ISiteTracker
{
    internal TenantTracker Tenant { get; } = TrackerRegistry.GetOrAdd(TenantKey.Of(shellOptions.Value, shellSettings), time);

    public TrackerMode Mode => Tenant.Engine.Settings.Mode;

    public SwarmCounts GetCounts(InfoHash infoHash) =>
        Tenant.Engine.Store.TryGetCounts(infoHash, out var counts) ? counts : default;

    public StoreTotals GetTotals() => Tenant.Engine.Store.GetTotals();

    public IReadOnlyList<PeerView> GetPeers(InfoHash infoHash, int most) => Tenant.Engine.Store.GetPeers(infoHash, most);

    public void Announce(in PeerAnnounce announce) => Tenant.Engine.Store.Announce(announce, default);

    public bool Serve(InfoHash infoHash, InfoHash? v2) => Tenant.Torrents.Set(new TorrentEntry(infoHash, v2), Claimant.Modules);

    public void Refuse(InfoHash infoHash, InfoHash? v2, string reason) =>
        Tenant.Torrents.Set(new TorrentEntry(infoHash, v2, reason), Claimant.Modules);

    public void SetFreeLeech(InfoHash infoHash, bool isFree) =>
        Tenant.Torrents.SetTerms(infoHash, isFree ? TorrentTerms.Usual with { DownloadPercent = 0 } : TorrentTerms.Usual, Claimant.Modules);

    public void Forget(InfoHash infoHash) => Tenant.Torrents.Remove(infoHash, Claimant.Modules);

    public void Block(InfoHash infoHash, InfoHash? v2) => Tenant.Torrents.SetBlock(infoHash, v2, Claimant.Modules);

    /// <summary>Whether a torrent is refused for good, by whomever.</summary>
    internal bool IsBlocked(InfoHash infoHash) => Tenant.Engine.Torrents.Find(infoHash) is { IsBlocked: true };

    /// <summary>How a torrent counts in accounts.</summary>
    internal TorrentTerms TermsOf(InfoHash infoHash) => Tenant.Engine.Torrents.TermsOf(infoHash);

    public void Unblock(InfoHash infoHash) => Tenant.Torrents.LiftBlock(infoHash, Claimant.Modules);
}
