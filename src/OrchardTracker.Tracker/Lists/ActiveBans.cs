using System.Collections.Frozen;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Settings;

namespace OrchardTracker.Tracker.Lists;

/// <summary>The bans that are in force, as the tracker goes by them. Immutable.</summary>
internal sealed class ActiveBans
{
    public static readonly ActiveBans None = new([]);

    public ActiveBans(IReadOnlyCollection<Ban> bans)
    {
        Addresses = new AddressBans(bans.Where(ban => ban.Kind == BanKind.Address).Select(ban => NetworkText.TryParse(ban.Value, out var network) ? network : default));
        Users = bans.Where(ban => ban.Kind == BanKind.User).Select(ban => ban.Value).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Clients = [.. bans.Where(ban => ban.Kind == BanKind.Client).Select(ban => ban.Value).Distinct()];
        NextEnd = bans.Min(ban => ban.EndsAt);
    }

    public AddressBans Addresses { get; }

    /// <summary>Ids.</summary>
    public FrozenSet<string> Users { get; }

    /// <summary>Beginnings of peer ids.</summary>
    public string[] Clients { get; }

    /// <summary>When the first of them ends; null when none does.</summary>
    public DateTimeOffset? NextEnd { get; }
}
