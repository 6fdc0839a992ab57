using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>Erases what may not be kept any longer.</summary>
public sealed class AccountTrimming(TrackerDatabase database, TimeProvider time)
{
    internal async Task TrimAsync(AccountRules rules)
    {
        var now = time.GetUtcNow();
        if (rules.AccountDays > 0)
        {
            await database.ExecuteAsync("DELETE FROM <Accounts> WHERE [LastSeen] < @before", ("before", now.AddDays(-rules.AccountDays).ToUnixTimeSeconds()));
        }

        await database.ExecuteAsync(
            "UPDATE <Totals> SET [LastAddress] = NULL, [LastAddressAt] = NULL WHERE [LastAddressAt] < @before",
            ("before", (rules.KeepsAddresses ? now.AddDays(-rules.AddressDays) : now.AddSeconds(1)).ToUnixTimeSeconds()));

        // A ban that has ended says no more than that its address was here once.
        await database.ExecuteAsync(
            "DELETE FROM <Bans> WHERE [EndsAt] < @before", ("before", now.AddDays(-Math.Max(1, rules.AddressDays)).ToUnixTimeSeconds()));
    }

    /// <summary>Erases all accounts of a user.</summary>
    public async Task EraseAsync(int user)
    {
        await database.ExecuteAsync("DELETE FROM <Accounts> WHERE [UserNumber] = @user", ("user", user));
        await database.ExecuteAsync("DELETE FROM <Totals> WHERE [UserNumber] = @user", ("user", user));
    }

    /// <summary>Erases the accounts of users that the site has no more. Who has any has a row of totals.</summary>
    public async Task EraseOrphansAsync()
    {
        var orphans = await database.QueryAsync(
            "SELECT t.[UserNumber] FROM <Totals> t LEFT JOIN <Users> u ON u.[Number] = t.[UserNumber] WHERE u.[Number] IS NULL",
            reader => Convert.ToInt32(reader.GetValue(0)));
        foreach (var user in orphans)
        {
            await EraseAsync(user);
        }
    }
}
