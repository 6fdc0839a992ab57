namespace OrchardTracker.Frontends;

/// <summary>What a path asks of the tracker, with the passkey that it may hold.</summary>
internal readonly ref struct TrackerRoute
{
    private TrackerRoute(TrackerAction action, ReadOnlySpan<char> passkey)
    {
        Action = action;
        Passkey = passkey;
    }

    public TrackerAction Action { get; }

    /// <summary>What stands in a passkey's place; empty when nothing does.</summary>
    public ReadOnlySpan<char> Passkey { get; }

    /// <summary>
    /// Understands <c>/announce</c>, <c>/announce/{passkey}</c> and <c>/{passkey}/announce</c>, the form from which
    /// clients can derive the scrape URL (BEP 48); likewise for scrapes.
    /// </summary>
    public static TrackerRoute Match(ReadOnlySpan<char> path, HttpTrackerOptions options)
    {
        if (TryMatch(path, options.AnnouncePath, out var passkey))
        {
            return new TrackerRoute(TrackerAction.Announce, passkey);
        }

        return TryMatch(path, options.ScrapePath, out passkey) ? new TrackerRoute(TrackerAction.Scrape, passkey) : default;
    }

    /// <summary>Whether a path is this place, with or without a passkey.</summary>
    public static bool IsAt(ReadOnlySpan<char> path, ReadOnlySpan<char> place) => TryMatch(path, place, out _);

    private static bool TryMatch(ReadOnlySpan<char> path, ReadOnlySpan<char> place, out ReadOnlySpan<char> passkey)
    {
        passkey = [];
        if (path.StartsWith(place, StringComparison.Ordinal))
        {
            var rest = path[place.Length..];
            passkey = rest.Length > 1 ? rest[1..] : [];
            return rest.IsEmpty || (rest[0] == '/' && passkey.IndexOf('/') < 0);
        }

        if (path.Length == 1 + Swarms.Passkey.TextLength + place.Length && path.EndsWith(place, StringComparison.Ordinal))
        {
            passkey = path[1..(1 + Swarms.Passkey.TextLength)];
            return passkey.IndexOf('/') < 0;
        }

        return false;
    }
}
