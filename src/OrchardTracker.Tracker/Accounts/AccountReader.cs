using System.Data.Common;
using OrchardTracker.BitTorrent;
using OrchardTracker.Tracker.Data;
using OrchardTracker.Tracker.Lists;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>Reads accounts for their owners and for administrators.</summary>
public sealed class AccountReader(TrackerDatabase database)
{
    private const string Sums = "[Uploaded], [Downloaded], [Corrupt], [CreditedUp], [CreditedDown], [SeedingMilliseconds], [Completed], [FirstSeen], [LastSeen]";

    private const string Users =
        "t.[Uploaded], t.[Downloaded], t.[Corrupt], t.[CreditedUp], t.[CreditedDown], t.[SeedingMilliseconds], t.[Completed], t.[FirstSeen], t.[LastSeen], "
        + "u.[Number], u.[UserId], t.[LastAddress], t.[LastAddressAt] FROM <Totals> t JOIN <Users> u ON u.[Number] = t.[UserNumber]";

    /// <summary>The totals of a user; null when he has never announced.</summary>
    public async Task<UserAccount?> FindAsync(string userId) =>
        (await database.QueryAsync($"SELECT {Users} WHERE u.[UserId] = @id", ReadUser, ("id", userId))).FirstOrDefault();

    /// <summary>A page of users, by the column and in the direction that is asked for.</summary>
    public Task<List<UserAccount>> ListUsersAsync(AccountOrder order, int skip, int take) =>
        database.QueryAsync(database.Sql.Page($"SELECT {Users} ORDER BY {ColumnOf(order)} DESC, u.[Number]", skip, take), ReadUser);

    public Task<long> CountUsersAsync() => database.CountAsync("SELECT COUNT(*) FROM <Totals>");

    /// <summary>The accounts of some users, by their ids; of those who have one.</summary>
    public async Task<List<UserAccount>> ListUsersAsync(IReadOnlyList<string> userIds)
    {
        List<UserAccount> accounts = [];
        foreach (var userId in userIds)
        {
            if (await FindAsync(userId) is { } account)
            {
                accounts.Add(account);
            }
        }

        return accounts;
    }

    /// <summary>What a user has done with his torrents, those he announced last first.</summary>
    public Task<List<TorrentAccount>> ListTorrentsAsync(int user, int skip, int take) => database.QueryAsync(
        database.Sql.Page($"SELECT {Sums}, [Torrent] FROM <Accounts> WHERE [UserNumber] = @user ORDER BY [LastSeen] DESC, [Torrent]", skip, take),
        reader => new TorrentAccount(HashColumn.Read(reader, 9), ReadSums(reader)),
        ("user", user));

    public Task<long> CountTorrentsAsync(int user) => database.CountAsync("SELECT COUNT(*) FROM <Accounts> WHERE [UserNumber] = @user", ("user", user));

    /// <summary>What all users have done with a torrent.</summary>
    public Task<List<(int User, AccountSums Sums)>> ListOfTorrentAsync(InfoHash torrent, int take) => database.QueryAsync(
        database.Sql.Page($"SELECT {Sums}, [UserNumber] FROM <Accounts> WHERE [Torrent] = @torrent ORDER BY [LastSeen] DESC, [UserNumber]", 0, take),
        reader => (Convert.ToInt32(reader.GetValue(9)), ReadSums(reader)),
        ("torrent", torrent.ToString()));

    private static string ColumnOf(AccountOrder order) => order switch
    {
        AccountOrder.Uploaded => "t.[Uploaded]",
        AccountOrder.Downloaded => "t.[Downloaded]",
        AccountOrder.SeedingTime => "t.[SeedingMilliseconds]",
        _ => "t.[LastSeen]",
    };

    private static UserAccount ReadUser(DbDataReader reader) => new(
        Convert.ToInt32(reader.GetValue(9)),
        reader.GetString(10),
        ReadSums(reader),
        reader.ReadText(11),
        reader.IsDBNull(12) ? null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(12)));

    private static AccountSums ReadSums(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt64(1),
        reader.GetInt64(2),
        reader.GetInt64(3),
        reader.GetInt64(4),
        TimeSpan.FromMilliseconds(reader.GetInt64(5)),
        Convert.ToInt32(reader.GetValue(6)),
        DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(7)),
        DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(8)));
}
