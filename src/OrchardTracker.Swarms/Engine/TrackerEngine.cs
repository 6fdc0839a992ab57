using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

/// <summary>
/// A tracker without a wire: lets announces and scrapes in, or not, and answers them from the store. Thread-safe; an
/// announce takes one lock and allocates nothing.
/// </summary>
public sealed class TrackerEngine
{
    private readonly AddressRates _rates;
    private volatile TrackerSettings _settings;

    /// <exception cref="ArgumentException">The settings contradict themselves or leave their bounds.</exception>
    public TrackerEngine(TrackerSettings settings, TimeProvider time)
    {
        settings.ThrowIfUnusable();
        _settings = settings;
        time = CoarseTime.For(time);
        Store = new MemoryPeerStore(settings.Limits, time);
        Torrents = new TorrentRegistry(Store);
        _rates = new AddressRates(time);
        StartedAt = time.GetUtcNow();
    }

    /// <summary>May be replaced at any time; the next announce goes by the new value, and no peer is lost.</summary>
    /// <exception cref="ArgumentException">The settings contradict themselves or leave their bounds; the old ones stay.</exception>
    public TrackerSettings Settings
    {
        get => _settings;
        set
        {
            value.ThrowIfUnusable();
            Store.Limits = value.Limits;
            _settings = value;
        }
    }

    public MemoryPeerStore Store { get; }

    public TorrentRegistry Torrents { get; }

    public PasskeyDirectory Passkeys { get; } = new();

    public TrackerCounters Counters { get; } = new();

    public DateTimeOffset StartedAt { get; }

    /// <summary>Who is told of accounts and completed downloads; nobody by default.</summary>
    public ITrackerEvents? Events { get; set; }

    public AnnounceReply Announce(ref AnnounceRequest request, in PeerSpace space)
    {
        var settings = _settings;
        AnnounceReply reply = default;
        Counters.Count(request.Peer.Address.IsV6 ? TrackerCounter.Announces6 : TrackerCounter.Announces4);
        var wait = settings.Rate is { } rate ? _rates.Take(request.Peer.Address, rate) : TimeSpan.Zero;
        reply.Failure = Authorize(settings, ref request, out reply.FailureDetail);
        if (reply.Failure != Failure.None)
        {
            return Refused(reply);
        }

        reply.Interval = WithJitter(settings);
        reply.MinInterval = (int)settings.MinInterval.TotalSeconds;
        if (wait > TimeSpan.Zero)
        {
            return Throttled(request, reply, wait);
        }

        ref var peer = ref request.Peer;
        peer.Wanted = Math.Min(peer.Wanted < 0 ? settings.DefaultWanted : peer.Wanted, settings.MaxWanted);
        reply.Outcome = Store.Announce(peer, space);
        reply.Failure = reply.Outcome.Verdict switch
        {
            StoreVerdict.TooManySwarms => Failure.TrackerFull,
            StoreVerdict.NotKnown => Failure.RatioTooLow,
            _ => Failure.None,
        };
        if (reply.Failure != Failure.None)
        {
            return Refused(reply);
        }

        Counters.Count(TrackerCounter.PeersGiven, reply.Outcome.Written4 + reply.Outcome.Written6);
        Report(peer, reply.Outcome);
        return reply;
    }

    /// <summary>Whether an address may scrape at all, and with this passkey.</summary>
    public Failure AuthorizeScrape(in PeerAddress address, PasskeyPresence presence, Passkey passkey)
    {
        var settings = _settings;
        Counters.Count(TrackerCounter.Scrapes);
        var wait = settings.Rate is { } rate ? _rates.Take(address, rate) : TimeSpan.Zero;
        var failure = settings switch
        {
            { AllowsScrape: false } => Failure.ScrapeDisabled,
            _ when settings.Bans.Contains(address) => Failure.AddressBanned,
            { Mode: TrackerMode.Private } => FindOwner(presence, passkey, out _),
            _ => Failure.None,
        };
        if (failure == Failure.None && wait > TimeSpan.Zero)
        {
            Counters.Count(TrackerCounter.Throttled);
            failure = Failure.TooManyRequests;
        }

        if (failure != Failure.None)
        {
            Counters.Count(failure);
        }

        return failure;
    }

    /// <summary>The counts that a scrape may tell: none of torrents that are not served.</summary>
    public SwarmCounts Scrape(InfoHash infoHash) =>
        AuthorizeTorrent(_settings, infoHash, out _) == Failure.None && Store.TryGetCounts(infoHash, out var counts) ? counts : default;

    /// <summary>What a scrape of everything may tell, in no order.</summary>
    public IEnumerable<KeyValuePair<InfoHash, SwarmCounts>> ScrapeAll() =>
        Store.Enumerate().Where(swarm => AuthorizeTorrent(_settings, swarm.Key, out _) == Failure.None);

    /// <summary>Counts a request that never became an announce.</summary>
    public void CountFailure(Failure failure) => Counters.Count(failure);

    private Failure Authorize(TrackerSettings settings, ref AnnounceRequest request, out string? detail)
    {
        ref var peer = ref request.Peer;
        detail = null;
        if (settings.Bans.Contains(peer.Address))
        {
            return Failure.AddressBanned;
        }

        if (!settings.Clients.Allows(peer.PeerId))
        {
            return Failure.ClientNotAllowed;
        }

        PasskeyOwner owner = default;
        if (settings.Mode == TrackerMode.Private && FindOwner(request.PasskeyPresence, request.Passkey, out owner) is var failure and not Failure.None)
        {
            return failure;
        }

        peer.User = owner.User;
        peer.OnlyIfKnown = owner.IsSeedOnly && !peer.IsSeeder && !Torrents.TermsOf(peer.InfoHash).IsFree;
        return AuthorizeTorrent(settings, peer.InfoHash, out detail);
    }

    private Failure AuthorizeTorrent(TrackerSettings settings, InfoHash infoHash, out string? detail)
    {
        detail = null;
        if (settings.Mode == TrackerMode.Open && Torrents.Count == 0)
        {
            return Failure.None;
        }

        var entry = Torrents.Find(infoHash);
        detail = entry?.Refusal is { Length: > 0 } refusal ? refusal : null;
        return entry switch
        {
            null => settings.Mode == TrackerMode.Open ? Failure.None : Failure.TorrentUnknown,
            { IsBlocked: true } => Failure.TorrentBlocked,
            { Refusal: not null } => Failure.TorrentRefused,
            _ => Failure.None,
        };
    }

    private Failure FindOwner(PasskeyPresence presence, Passkey passkey, out PasskeyOwner owner)
    {
        owner = default;
        if (presence == PasskeyPresence.Missing)
        {
            return Failure.PasskeyMissing;
        }

        owner = presence == PasskeyPresence.Present ? Passkeys.Find(passkey) : default;
        return owner.User == 0 ? Failure.PasskeyUnknown : owner.Refusal;
    }

    private AnnounceReply Refused(AnnounceReply reply)
    {
        Counters.Count(reply.Failure);
        return reply;
    }

    private AnnounceReply Throttled(in AnnounceRequest request, AnnounceReply reply, TimeSpan wait)
    {
        Counters.Count(TrackerCounter.Throttled);
        reply.IsThrottled = true;
        Store.TryGetCounts(request.Peer.InfoHash, out reply.Outcome.Counts);
        reply.Interval = Math.Max(reply.MinInterval, (int)Math.Ceiling(wait.TotalSeconds));
        reply.MinInterval = reply.Interval;
        return reply;
    }

    private void Report(in PeerAnnounce peer, in AnnounceOutcome outcome)
    {
        if (outcome.HasCompleted)
        {
            Counters.Count(TrackerCounter.Completed);
            Events?.OnCompleted(peer);
        }

        if (outcome.Account.User != 0)
        {
            Events?.OnAccount(outcome.Account, peer);
        }
    }

    private static int WithJitter(TrackerSettings settings)
    {
        var seconds = (int)settings.Interval.TotalSeconds;
        var jitter = (int)(seconds * settings.IntervalJitter);
        return jitter > 0 ? seconds + Random.Shared.Next(jitter + 1) : seconds;
    }
}
