using System.Data.Common;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>
/// Writes what waits in a ledger, in one transaction, on a connection of its own: it needs no shell, so accounts are
/// written while a tenant is released, disabled or stopped as well.
/// </summary>
internal sealed class AccountWriter(AccountLedger ledger, PasskeyDirectory passkeys, TimeProvider time)
{
    // SQL Server takes 2,100 parameters in a command.
    private const int BatchSize = 150;

    /// <summary>Adds what waits to the stored accounts. What cannot be written waits on.</summary>
    /// <returns>How many accounts were written.</returns>
    public async Task<int> FlushAsync(TrackerSql sql, AccountRules rules, CancellationToken cancellationToken)
    {
        var drained = ledger.Drain();
        if (drained.Count == 0)
        {
            return 0;
        }

        try
        {
            await WriteAsync(sql, rules, drained, cancellationToken);
            return drained.Count;
        }
        catch
        {
            ledger.Restore(drained);
            throw;
        }
    }

    private async Task WriteAsync(TrackerSql sql, AccountRules rules, List<KeyValuePair<AccountKey, PendingAccount>> drained, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        await using var connection = sql.CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await UpsertAsync(AccountColumns.Torrents, drained.Select(entry => ((IReadOnlyList<object>)[entry.Key.User, entry.Key.Torrent.ToString()], entry.Value)));

        // In the order of their numbers, so that two servers of a site never wait for each other.
        var totals = TotalsOf(drained);
        await UpsertAsync(AccountColumns.Totals, totals.Select(entry => ((IReadOnlyList<object>)[entry.Key], entry.Value)));
        if (rules.KeepsAddresses)
        {
            await WriteAddressesAsync(sql, connection, transaction, totals, now, cancellationToken);
        }

        var low = rules.MinimumRatio > 0 ? await RatioRule.FindLowAsync(sql, connection, transaction, rules, totals.Keys, cancellationToken) : [];
        await transaction.CommitAsync(cancellationToken);
        foreach (var user in totals.Keys)
        {
            passkeys.SetSeedOnly(user, low.Contains(user));
        }

        async Task UpsertAsync(AccountColumns columns, IEnumerable<(IReadOnlyList<object> Keys, PendingAccount Pending)> rows)
        {
            foreach (var batch in rows.Chunk(BatchSize))
            {
                if (sql.HasUpsert)
                {
                    await ExecuteAsync(columns.Upsert(batch.Length), Parameters(batch, now));
                }
                else
                {
                    foreach (var row in batch)
                    {
                        var parameters = Parameters([row], now);
                        if (await ExecuteAsync(columns.Update, parameters) == 0)
                        {
                            await ExecuteAsync(columns.Insert, parameters);
                        }
                    }
                }
            }
        }

        async Task<int> ExecuteAsync(string text, (string, object?)[] parameters)
        {
            await using var command = connection.CreateCommand(transaction, sql.Format(text), parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static SortedDictionary<int, PendingAccount> TotalsOf(List<KeyValuePair<AccountKey, PendingAccount>> drained)
    {
        drained.Sort((left, right) => left.Key.User != right.Key.User ? left.Key.User.CompareTo(right.Key.User) : left.Key.Torrent.CompareTo(right.Key.Torrent));
        SortedDictionary<int, PendingAccount> totals = [];
        foreach (var (key, pending) in drained)
        {
            var total = totals.GetValueOrDefault(key.User);
            total.Add(pending);
            totals[key.User] = total;
        }

        return totals;
    }

    private static (string, object?)[] Parameters((IReadOnlyList<object> Keys, PendingAccount Pending)[] rows, long now)
    {
        List<(string, object?)> parameters = [("now", now), ("most", PendingAccount.MostBytes)];
        for (var i = 0; i < rows.Length; i++)
        {
            var (keys, pending) = rows[i];
            for (var key = 0; key < keys.Count; key++)
            {
                parameters.Add(($"k{key}_{i}", keys[key]));
            }

            object[] values =
            [
                pending.Uploaded, pending.Downloaded, pending.Corrupt, pending.CreditedUp, pending.CreditedDown, pending.SeedingMilliseconds, pending.Completed,
            ];
            for (var value = 0; value < values.Length; value++)
            {
                parameters.Add(($"v{value}_{i}", values[value]));
            }
        }

        return [.. parameters];
    }

    private static async Task WriteAddressesAsync(
        TrackerSql sql, DbConnection connection, DbTransaction transaction, SortedDictionary<int, PendingAccount> totals, long now, CancellationToken cancellationToken)
    {
        foreach (var (user, pending) in totals)
        {
            await using var command = connection.CreateCommand(
                transaction,
                sql.Translate("UPDATE <Totals> SET [LastAddress] = @address, [LastAddressAt] = @now WHERE [UserNumber] = @user"),
                ("address", pending.Address.ToString()),
                ("now", now),
                ("user", user));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
