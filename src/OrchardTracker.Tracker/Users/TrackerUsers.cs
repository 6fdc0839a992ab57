using System.Data.Common;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Users;

/// <summary>The numbers and key generations of users, as they are stored.</summary>
public sealed class TrackerUsers(TrackerDatabase database, TimeProvider time) : ITrackerAccounts
{
    private const string Columns = "[Number], [UserId], [Generation], [FirstGeneration]";

    private long FirstGeneration => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<TrackerUser?> FindAsync(string userId) =>
        (await database.QueryAsync($"SELECT {Columns} FROM <Users> WHERE [UserId] = @id", Read, ("id", userId))).FirstOrDefault();

    public async Task<string?> FindUserIdAsync(int number) =>
        (await database.QueryAsync("SELECT [UserId] FROM <Users> WHERE [Number] = @number", reader => reader.GetString(0), ("number", number))).FirstOrDefault();

    /// <summary>Finds a user, or gives him a number.</summary>
    public async Task<TrackerUser> GetOrAddAsync(string userId)
    {
        if (await FindAsync(userId) is { } known)
        {
            return known;
        }

        await database.ExecuteAsync(
            "INSERT INTO <Users> ([UserId], [Generation], [FirstGeneration]) VALUES (@id, @first, @first)", ("id", userId), ("first", FirstGeneration));
        return await FindAsync(userId) ?? throw new InvalidOperationException("The user that was just added is not there.");
    }

    /// <summary>Gives numbers to all users of the site that have none yet.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> AddMissingAsync() => database.ExecuteAsync(
        """
        INSERT INTO <Users> ([UserId], [Generation], [FirstGeneration])
        SELECT DISTINCT i.[UserId], @first, @first FROM <UserIndex> i LEFT JOIN <Users> u ON u.[UserId] = i.[UserId]
        WHERE u.[UserId] IS NULL AND i.[UserId] IS NOT NULL
        """, ("first", FirstGeneration));

    /// <summary>How many users have numbers, and how many passkeys they have had replaced in all.</summary>
    public async Task<(long Users, long Rotations)> SumUpAsync() => (await database.QueryAsync(
        "SELECT COUNT(*), SUM([Generation] - [FirstGeneration]) FROM <Users>",
        reader => (Convert.ToInt64(reader.GetValue(0)), reader.IsDBNull(1) ? 0 : Convert.ToInt64(reader.GetValue(1)))))[0];

    /// <summary>The numbers of users that the site has no more.</summary>
    public Task<List<int>> FindOrphansAsync() => database.QueryAsync(
        "SELECT u.[Number] FROM <Users> u LEFT JOIN <UserIndex> i ON i.[UserId] = u.[UserId] WHERE i.[UserId] IS NULL",
        reader => Convert.ToInt32(reader.GetValue(0)));

    /// <summary>Replaces a user's passkey by the next.</summary>
    public async Task<TrackerUser> RotateAsync(string userId)
    {
        await GetOrAddAsync(userId);
        await database.ExecuteAsync("UPDATE <Users> SET [Generation] = [Generation] + 1 WHERE [UserId] = @id", ("id", userId));
        return (await FindAsync(userId))!;
    }

    public Task RemoveAsync(int number) => database.ExecuteAsync("DELETE FROM <Users> WHERE [Number] = @number", ("number", number));

    private static TrackerUser Read(DbDataReader reader) =>
        new(Convert.ToInt32(reader.GetValue(0)), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3));
}
