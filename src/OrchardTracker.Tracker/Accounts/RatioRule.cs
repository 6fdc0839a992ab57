using System.Data.Common;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>The rule that who takes must give: a minimum of uploads for what is downloaded.</summary>
internal static class RatioRule
{
    private const int BatchSize = 1000;

    private const string IsLow = "[CreditedDown] > @grace AND [CreditedUp] * 1.0 < [CreditedDown] * @ratio";

    /// <summary>Which of some users are below the minimum.</summary>
    public static async Task<HashSet<int>> FindLowAsync(
        TrackerSql sql, DbConnection connection, DbTransaction transaction, AccountRules rules, IEnumerable<int> users, CancellationToken cancellationToken)
    {
        HashSet<int> low = [];
        foreach (var batch in users.Chunk(BatchSize))
        {
            // Numbers, and ours: nothing that anybody could have written.
            var text = $"SELECT [UserNumber] FROM <Totals> WHERE {IsLow} AND [UserNumber] IN ({string.Join(", ", batch)})";
            await using var command = connection.CreateCommand(transaction, sql.Format(text), Parameters(rules));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                low.Add(Convert.ToInt32(reader.GetValue(0)));
            }
        }

        return low;
    }

    /// <summary>All users who are below the minimum.</summary>
    public static async Task<HashSet<int>> FindLowAsync(TrackerDatabase database, AccountRules rules) => rules.MinimumRatio == 0
        ? []
        : [.. await database.QueryAsync($"SELECT [UserNumber] FROM <Totals> WHERE {IsLow}", reader => Convert.ToInt32(reader.GetValue(0)), Parameters(rules))];

    private static (string, object?)[] Parameters(AccountRules rules) =>
        [("grace", rules.RatioGraceBytes), ("ratio", (double)rules.MinimumRatio)];
}
