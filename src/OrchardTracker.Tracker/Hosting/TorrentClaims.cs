using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;

namespace OrchardTracker.Tracker.Hosting;

/// <summary>
/// What the tracker's own lists and other modules say of torrents, brought together in the engine's registry: a block
/// counts whoever set it, and goes with the last who lifts it; what a module says of a torrent counts before the tracker's
/// own list, to which the torrent falls back when the module lets it go. Thread-safe.
/// </summary>
internal sealed class TorrentClaims(TorrentRegistry registry)
{
    private readonly Lock _gate = new();
    private readonly Claims _listed = new();
    private readonly Claims _told = new();

    /// <summary>Takes a torrent in, or refuses it for now.</summary>
    /// <returns>False when it is blocked.</returns>
    public bool Set(TorrentEntry entry, Claimant claimant)
    {
        lock (_gate)
        {
            var claims = Of(claimant);
            claims.Torrents[entry.Hash] = new Claim(entry, claims.Pass);

            // By either hash: a hybrid of which the list has only the second one stays whole.
            return registry.Set((claimant == Claimant.List ? Find(_told, entry.Hash)?.Entry : null) ?? entry);
        }
    }

    public bool Remove(InfoHash infoHash, Claimant claimant)
    {
        lock (_gate)
        {
            return Find(Of(claimant), infoHash) is { } claim && Remove(claim, Of(claimant));
        }
    }

    public void SetBlock(InfoHash infoHash, InfoHash? v2, Claimant claimant)
    {
        lock (_gate)
        {
            var claims = Of(claimant);
            claims.Blocks[infoHash] = new Block(v2, claims.Pass);
            registry.Set(new TorrentEntry(infoHash, v2, IsBlocked: true));
        }
    }

    /// <summary>Lifts a block, by either hash; the torrent becomes again what its other claims say.</summary>
    /// <returns>False when this claimant has not blocked it.</returns>
    public bool LiftBlock(InfoHash infoHash, Claimant claimant)
    {
        lock (_gate)
        {
            var blocks = Of(claimant).Blocks;
            var key = blocks.ContainsKey(infoHash) ? infoHash : blocks.FirstOrDefault(entry => entry.Value.V2 == infoHash).Key;
            return blocks.ContainsKey(key) && Lift(key, Of(claimant));
        }
    }

    /// <summary>Sets how a torrent counts in accounts; <see cref="TorrentTerms.Usual"/> takes back what was set.</summary>
    public void SetTerms(InfoHash infoHash, TorrentTerms terms, Claimant claimant)
    {
        lock (_gate)
        {
            var claims = Of(claimant);
            if (terms == TorrentTerms.Usual)
            {
                claims.Terms.Remove(infoHash);
            }
            else
            {
                claims.Terms[infoHash] = (terms, claims.Pass);
            }

            ApplyTerms(infoHash);
        }
    }

    /// <summary>
    /// Begins to read all claims of a claimant anew. What is not claimed again until <see cref="EndPass"/> is let go: a
    /// module that was switched off says nothing any more.
    /// </summary>
    public void BeginPass(Claimant claimant)
    {
        lock (_gate)
        {
            Of(claimant).Pass++;
        }
    }

    public void EndPass(Claimant claimant)
    {
        lock (_gate)
        {
            var claims = Of(claimant);
            foreach (var old in claims.Torrents.Values.Where(claim => claim.Pass != claims.Pass).ToList())
            {
                Remove(old, claims);
            }

            foreach (var (hash, _) in claims.Terms.Where(entry => entry.Value.Pass != claims.Pass).ToList())
            {
                claims.Terms.Remove(hash);
                ApplyTerms(hash);
            }

            foreach (var (hash, _) in claims.Blocks.Where(entry => entry.Value.Pass != claims.Pass).ToList())
            {
                Lift(hash, claims);
            }
        }
    }

    /// <summary>What is set by hand counts before what a module says.</summary>
    private void ApplyTerms(InfoHash hash) => registry.SetTerms(
        hash,
        _listed.Terms.TryGetValue(hash, out var set) ? set.Terms : _told.Terms.TryGetValue(hash, out set) ? set.Terms : TorrentTerms.Usual);

    private bool Remove(Claim claim, Claims claims)
    {
        claims.Torrents.Remove(claim.Entry.Hash);
        Restore(claim.Entry.Hash, claim.Entry.V2);
        return true;
    }

    private bool Lift(InfoHash hash, Claims claims)
    {
        claims.Blocks.Remove(hash);
        if (!_listed.Blocks.ContainsKey(hash) && !_told.Blocks.ContainsKey(hash))
        {
            // A block by the second hash of a hybrid has blocked it as a whole.
            var whole = registry.Find(hash);
            registry.Unblock(hash);
            Restore(whole?.Hash ?? hash, whole?.V2);
        }

        return true;
    }

    /// <summary>Makes the registry say what the claims that are left say of a torrent's hashes, which may be one's or two's.</summary>
    private void Restore(InfoHash hash, InfoHash? v2)
    {
        Restore(hash);
        if (v2 is { } second)
        {
            Restore(second);
        }
    }

    private void Restore(InfoHash hash)
    {
        if ((Find(_told, hash) ?? Find(_listed, hash)) is { } left)
        {
            registry.Set(left.Entry);
        }
        else
        {
            registry.Remove(hash);
        }
    }

    private Claims Of(Claimant claimant) => claimant == Claimant.List ? _listed : _told;

    /// <summary>By the first hash, or by the second, of which the registry knows the first.</summary>
    private Claim? Find(Claims claims, InfoHash hash) =>
        claims.Torrents.GetValueOrDefault(hash) ?? (registry.Find(hash) is { } entry ? claims.Torrents.GetValueOrDefault(entry.Hash) : null);

    private sealed class Claims
    {
        public Dictionary<InfoHash, Claim> Torrents { get; } = [];

        public Dictionary<InfoHash, Block> Blocks { get; } = [];

        public Dictionary<InfoHash, (TorrentTerms Terms, int Pass)> Terms { get; } = [];

        public int Pass { get; set; }
    }

    private sealed record Claim(TorrentEntry Entry, int Pass);

    private readonly record struct Block(InfoHash? V2, int Pass);
}
