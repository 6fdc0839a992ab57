using Microsoft.Data.Sqlite;
using OrchardTracker.BitTorrent;
using OrchardTracker.Swarms;
using OrchardTracker.Tracker.Accounts;
using OrchardTracker.Tracker.Data;
using YesSql;
using YesSql.Provider.Sqlite;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>What waits to be written to accounts.</summary>
public sealed class AccountLedgerTests
{
    private static readonly AccountRules Rules = new(0, 0, 0, 0);

    private readonly TrackerEngine _engine = new(new TrackerSettings(), TimeProvider.System);

    [Fact]
    public void Should_add_up_by_user_alone_when_too_many_torrents_wait()
    {
        var ledger = new AccountLedger(_engine.Torrents, mostPairs: 3);
        for (byte torrent = 1; torrent <= 5; torrent++)
        {
            Add(ledger, user: 1, torrent, uploaded: 10);
        }

        Add(ledger, user: 1, torrent: 2, uploaded: 1);

        Assert.Equal(4, ledger.Count);
        var drained = ledger.Drain().ToDictionary();
        Assert.Equal(51, drained.Values.Sum(pending => pending.Uploaded));
        Assert.Equal(20, drained[new AccountKey(1, default)].Uploaded);
        Assert.Equal(11, drained[new AccountKey(1, Hash(2))].Uploaded);
        Assert.Equal(0, ledger.Count);
    }

    [Fact]
    public void Should_forget_what_waits_for_an_erased_user_only()
    {
        var ledger = new AccountLedger(_engine.Torrents);
        Add(ledger, user: 1, torrent: 1, uploaded: 10);
        Add(ledger, user: 17, torrent: 1, uploaded: 20); // in the same shard

        ledger.Forget(1);

        Assert.Equal(new AccountKey(17, Hash(1)), Assert.Single(ledger.Drain()).Key);
        Assert.Equal(0, ledger.Count);
    }

    [Fact]
    public async Task Should_keep_what_cannot_be_written_and_write_it_when_the_database_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("orchardtracker-ledger-").FullName;
        try
        {
            var path = Path.Combine(folder, "away", "accounts.db");
            var sql = new TrackerSql(new Configuration().UseSqLite($"Data Source={path};Pooling=False"));
            var ledger = new AccountLedger(_engine.Torrents);
            var writer = new AccountWriter(ledger, _engine.Passkeys, TimeProvider.System);
            Add(ledger, user: 1, torrent: 1, uploaded: 10);
            await Assert.ThrowsAnyAsync<SqliteException>(() => writer.FlushAsync(sql, Rules, TestContext.Current.CancellationToken));
            Add(ledger, user: 1, torrent: 1, uploaded: 5);
            Assert.Equal(1, ledger.Count);

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync($"CREATE TABLE {TrackerTables.Accounts} (UserNumber INTEGER, Torrent TEXT, {Sums}, PRIMARY KEY (UserNumber, Torrent))");
            await ExecuteAsync($"CREATE TABLE {TrackerTables.Totals} (UserNumber INTEGER PRIMARY KEY, {Sums}, LastAddress TEXT, LastAddressAt INTEGER)");
            Assert.Equal(1, await writer.FlushAsync(sql, Rules, TestContext.Current.CancellationToken));
            Assert.Equal(0, await writer.FlushAsync(sql, Rules, TestContext.Current.CancellationToken));

            await using var read = new SqliteCommand($"SELECT Uploaded FROM {TrackerTables.Totals} WHERE UserNumber = 1", connection);
            Assert.Equal(15L, await read.ExecuteScalarAsync(TestContext.Current.CancellationToken));

            async Task ExecuteAsync(string text)
            {
                await using var command = new SqliteCommand(text, connection);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Should_lose_no_byte_between_announces_and_drains_at_the_same_time()
    {
        var ledger = new AccountLedger(_engine.Torrents, mostPairs: 50);
        long drained = 0;
        var adding = true;
        var drainer = new Thread(() =>
        {
            while (Volatile.Read(ref adding))
            {
                Take();
            }
        });
        drainer.Start();
        Parallel.For(0, 20_000, i => Add(ledger, user: 1 + i % 40, torrent: (byte)(i % 11), uploaded: 1));
        Volatile.Write(ref adding, false);
        drainer.Join();
        Take();

        Assert.Equal(20_000, drained);
        Assert.Equal(0, ledger.Count);

        void Take() => drained += ledger.Drain().Sum(entry => entry.Value.Uploaded);
    }

    private const string Sums =
        "Uploaded INTEGER, Downloaded INTEGER, Corrupt INTEGER, CreditedUp INTEGER, CreditedDown INTEGER, SeedingMilliseconds INTEGER, Completed INTEGER, FirstSeen INTEGER, LastSeen INTEGER";

    private static void Add(AccountLedger ledger, int user, byte torrent, long uploaded)
    {
        PeerAnnounce announce = default;
        ledger.OnAccount(new AccountDelta(user, Hash(torrent), uploaded, 0, 0, TimeSpan.Zero, false), announce);
    }

    private static InfoHash Hash(byte torrent) => new([.. Enumerable.Repeat(torrent, InfoHash.Length)]);
}
