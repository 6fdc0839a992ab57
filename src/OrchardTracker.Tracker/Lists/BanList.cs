using System.Data.Common;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Services;
using OrchardTracker.Tracker.Users;

namespace OrchardTracker.Tracker.Lists;

/// <summary>The bans of a site. What changes here is in force at once.</summary>
public sealed class BanList(TrackerDatabase database, SiteTracker tracker, UserDirectory users, ListsVersion version, TimeProvider time)
{
    private const string Columns = "[Id], [Kind], [Value], [Name], [Reason], [EndsAt], [AddedBy], [AddedAt]";

    /// <summary>Adds a ban that has been checked: see <see cref="BanRules"/>.</summary>
    public async Task AddAsync(Ban ban, string? by)
    {
        await database.ExecuteAsync(
            """
            INSERT INTO <Bans> ([Kind], [Value], [Name], [Reason], [EndsAt], [AddedBy], [AddedAt])
            VALUES (@kind, @value, @name, @reason, @ends, @by, @now)
            """,
            ("kind", (int)ban.Kind),
            ("value", ban.Value),
            ("name", ban.Name),
            ("reason", ban.Reason),
            ("ends", ban.EndsAt?.ToUnixTimeSeconds()),
            ("by", by),
            ("now", time.GetUtcNow().ToUnixTimeSeconds()));
        await version.ChangeAsync();
        await LoadAsync();
    }

    /// <returns>Those that were there.</returns>
    public async Task<IReadOnlyList<Ban>> RemoveAsync(IEnumerable<int> ids)
    {
        List<Ban> removed = [];
        foreach (var id in ids.Distinct())
        {
            removed.AddRange(await database.QueryAsync($"SELECT {Columns} FROM <Bans> WHERE [Id] = @id", Read, ("id", id)));
            await database.ExecuteAsync("DELETE FROM <Bans> WHERE [Id] = @id", ("id", id));
        }

        if (removed.Count > 0)
        {
            await version.ChangeAsync();
            await LoadAsync();
        }

        return removed;
    }

    public Task<long> CountAsync(string? search) => database.CountAsync($"SELECT COUNT(*) FROM <Bans>{Where(search)}", Pattern(search));

    /// <summary>A page, the newest first; those that have ended stay until they are removed.</summary>
    public Task<List<Ban>> ListAsync(string? search, int skip, int take) =>
        database.QueryAsync(database.Sql.Page($"SELECT {Columns} FROM <Bans>{Where(search)} ORDER BY [Id] DESC", skip, take), Read, Pattern(search));

    /// <summary>Lets the tracker go by the bans that are in force now.</summary>
    internal async Task LoadAsync()
    {
        var bans = await database.QueryAsync(
            $"SELECT {Columns} FROM <Bans> WHERE [EndsAt] IS NULL OR [EndsAt] > @now", Read, ("now", time.GetUtcNow().ToUnixTimeSeconds()));
        var before = tracker.Tenant.Bans.Users;
        tracker.Tenant.Apply(new ActiveBans(bans));
        foreach (var userId in before.Union(tracker.Tenant.Bans.Users).Where(userId => before.Contains(userId) != tracker.Tenant.Bans.Users.Contains(userId)))
        {
            await users.RefreshAsync(userId);
        }
    }

    private static string Where(string? search) =>
        string.IsNullOrWhiteSpace(search) ? "" : " WHERE LOWER([Value]) LIKE @search OR LOWER([Name]) LIKE @search OR LOWER([Reason]) LIKE @search";

    private static (string, object?)[] Pattern(string? search) =>
        string.IsNullOrWhiteSpace(search) ? [] : [("search", $"%{search.Trim().ToLowerInvariant().Replace("%", "", StringComparison.Ordinal)}%")];

    private static Ban Read(DbDataReader reader) => new(
        Convert.ToInt32(reader.GetValue(0)),
        (BanKind)Convert.ToInt32(reader.GetValue(1)),
        reader.GetString(2),
        reader.ReadText(3),
        reader.ReadText(4),
        reader.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(5)),
        reader.ReadText(6),
        DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(7)));
}
