using Microsoft.AspNetCore.Identity;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Services;
using YesSql;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// Brings the users of the site into the tracker: all of them by pages of their index, never document by document, or one
/// of them when he changes.
/// </summary>
public sealed class UserDirectory(
    TrackerDatabase database,
    TrackerUsers users,
    PasskeySecretStore secrets,
    AccountTrimming accounts,
    AnnounceRolesReader rolesReader,
    ISession session,
    ILookupNormalizer normalizer,
    SiteTracker tracker)
{
    private const int PageSize = 5000;

    // Ids are given before they can be read: one that is stored later may have a smaller id. So many are read again.
    private const int Overlap = 100;

    private TenantUsers Known => tracker.Tenant.Users;

    /// <summary>Loads all users unless that was done before.</summary>
    public async Task EnsureLoadedAsync()
    {
        if (!Known.IsLoaded)
        {
            await LoadAsync(await rolesReader.ReadAsync());
        }
    }

    /// <summary>
    /// Loads all users; those that are known already are changed where they have changed. Nothing is written unless there
    /// is somebody to add or to remove: while this reads, the site has other things to write, and many databases one writer.
    /// </summary>
    public async Task LoadAsync(AnnounceRoles roles)
    {
        await Known.Loading.WaitAsync();
        try
        {
            Known.BeginLoading(await secrets.GetAsync(), roles);

            // First: who is stored while this reads shall be seen the next time.
            Known.LastIndexRow = await database.CountAsync("SELECT MAX([Id]) FROM <UserIndex>");
            var all = await ReadAllAsync(roles);
            var (count, rotations) = await users.SumUpAsync();
            if (count != all.Count)
            {
                await RemoveOrphansAsync();
            }

            await accounts.EraseOrphansAsync();
            Known.Rotations = rotations;
            Known.RemoveExcept(all);
            Known.EndLoading();
        }
        finally
        {
            Known.Loading.Release();
        }
    }

    /// <summary>Takes over the users who were stored since this was last done, or since all were loaded, by whatever server of the site.</summary>
    public async Task RefreshStoredAsync()
    {
        if (Known.Roles is not { } roles)
        {
            return;
        }

        var after = Math.Max(0, Known.LastIndexRow - Overlap);
        var permitted = roles.Everybody ? null : await ReadPermittedAsync(roles, after);
        HashSet<int> refused = [];
        for (List<UserRow>? page = null; page is null or { Count: PageSize };)
        {
            page = await ReadPageAsync("Id", after);
            foreach (var row in page)
            {
                Take(row, roles, permitted, refused);
                after = row.Position;
            }
        }

        Known.RemovePeers(refused);
        Known.LastIndexRow = Math.Max(Known.LastIndexRow, after);
    }

    /// <summary>
    /// Whether users or passkeys are others than this process knows of, by their number: somebody has deleted users past
    /// Orchard Core, or another server of the site has changed them.
    /// </summary>
    public async Task<bool> HasDriftedAsync()
    {
        var stored = await database.CountAsync("SELECT COUNT(*) FROM <UserIndex> WHERE [UserId] IS NOT NULL");
        var (_, rotations) = await users.SumUpAsync();
        Known.MarkChecked();
        return stored != tracker.Tenant.Engine.Passkeys.Count || rotations != Known.Rotations;
    }

    /// <summary>Takes over what has changed of one user.</summary>
    public async Task RefreshAsync(User user)
    {
        if (!Known.IsLoaded || Known.Roles is not { } roles)
        {
            return;
        }

        if (Known.IsStale)
        {
            // A role has changed as well, a moment ago.
            roles = await rolesReader.ReadAsync();
        }

        var known = await users.GetOrAddAsync(user.UserId);
        Apply(known, RefusalOf(user.UserId, user.IsEnabled, roles.Permits(user.UserId, user.RoleNames.Select(role => normalizer.NormalizeName(role)))));
    }

    /// <summary>Takes over what has changed of one user, for example a ban.</summary>
    public async Task RefreshAsync(string userId)
    {
        if (Known.IsLoaded && await session.Query<User, UserIndex>(index => index.UserId == userId).FirstOrDefaultAsync() is { } user)
        {
            await RefreshAsync(user);
        }
    }

    /// <summary>Gives a user a new passkey; the old one is refused from now on.</summary>
    public async Task<TrackerUser> RotateAsync(User user)
    {
        var rotated = await users.RotateAsync(user.UserId);
        if (Known.IsLoaded)
        {
            Known.Rotations++;
            Known.ForgetOldest(rotated);
            await RefreshAsync(user);
        }

        return rotated;
    }

    public async Task RemoveAsync(User user)
    {
        if (await users.FindAsync(user.UserId) is { } known)
        {
            await RemoveAsync(known.Number);
            Known.Rotations -= known.Generation - known.FirstGeneration;
        }
    }

    /// <returns>The numbers of all users.</returns>
    private async Task<HashSet<int>> ReadAllAsync(AnnounceRoles roles)
    {
        var permitted = roles.Everybody ? null : await ReadPermittedAsync(roles, after: null);
        HashSet<int> all = [], refused = [];
        var areNumbered = false;
        for (var after = 0L; ;)
        {
            var page = await ReadPageAsync("DocumentId", after);
            if (!areNumbered && page.Exists(row => row.User is null))
            {
                await users.AddMissingAsync();
                areNumbered = true;
                continue;
            }

            foreach (var row in page)
            {
                if (Take(row, roles, permitted, refused) is { } user)
                {
                    all.Add(user.Number);
                }
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Position;
        }

        Known.RemovePeers(refused);
        return all;
    }

    private async Task RemoveOrphansAsync()
    {
        foreach (var orphan in await users.FindOrphansAsync())
        {
            await RemoveAsync(orphan);
        }
    }

    private async Task RemoveAsync(int number)
    {
        await users.RemoveAsync(number);
        await accounts.EraseAsync(number);
        tracker.Tenant.Ledger.Forget(number);
        Known.Remove(number);
    }

    /// <returns>Null for one who has no number yet: he is taken over when he has.</returns>
    private TrackerUser? Take(UserRow row, AnnounceRoles roles, HashSet<long>? permitted, HashSet<int> refused)
    {
        if (row.User is { } user)
        {
            var mayAnnounce = permitted is null || permitted.Contains(row.DocumentId) || roles.Permits(user.UserId, []);
            if (Known.Set(user, RefusalOf(user.UserId, row.IsEnabled, mayAnnounce)))
            {
                refused.Add(user.Number);
            }
        }

        return row.User;
    }

    private void Apply(TrackerUser user, Failure refusal)
    {
        if (Known.Set(user, refusal))
        {
            Known.RemovePeers(new HashSet<int> { user.Number });
        }
    }

    private Failure RefusalOf(string userId, bool isEnabled, bool mayAnnounce) =>
        tracker.Tenant.Bans.Users.Contains(userId) ? Failure.UserBanned
        : isEnabled && mayAnnounce ? Failure.None
        : Failure.NotPermitted;

    /// <param name="order">The column by which the users are read: that of their documents, or of their rows of the index.</param>
    private Task<List<UserRow>> ReadPageAsync(string order, long after) => database.QueryAsync(
        database.Sql.Page(
            $"""
            SELECT u.[Number], u.[UserId], u.[Generation], u.[FirstGeneration], i.[DocumentId], i.[IsEnabled], i.[{order}]
            FROM <UserIndex> i LEFT JOIN <Users> u ON u.[UserId] = i.[UserId]
            WHERE i.[{order}] > @after AND i.[UserId] IS NOT NULL ORDER BY i.[{order}]
            """,
            0,
            PageSize),
        reader => new UserRow(
            reader.IsDBNull(0) ? null : new TrackerUser(Convert.ToInt32(reader.GetValue(0)), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)),
            reader.GetInt64(4),
            reader.GetBoolean(5),
            Convert.ToInt64(reader.GetValue(6))),
        ("after", after));

    /// <summary>The documents of users who are in one of the roles.</summary>
    /// <param name="after">Of those only whose row of the index comes after this one; null for all.</param>
    private async Task<HashSet<long>> ReadPermittedAsync(AnnounceRoles roles, long? after)
    {
        var (since, parameters) = after is null
            ? ("", new (string, object?)[1])
            : (" JOIN <UserIndex> i ON i.[DocumentId] = x.[DocumentId] AND i.[Id] > @after", [default, ("after", after)]);
        HashSet<long> documents = [];
        foreach (var role in roles.Roles)
        {
            parameters[0] = ("role", role);
            documents.UnionWith(await database.QueryAsync(
                $"SELECT x.[DocumentId] FROM <UsersInRoles> x JOIN <UserRoles> r ON r.[Id] = x.[UserByRoleNameIndexId]{since} WHERE r.[RoleName] = @role",
                reader => reader.GetInt64(0),
                parameters));
        }

        return documents;
    }

    /// <param name="Position">Where he stands in the order in which users are read.</param>
    private readonly record struct UserRow(TrackerUser? User, long DocumentId, bool IsEnabled, long Position);
}
