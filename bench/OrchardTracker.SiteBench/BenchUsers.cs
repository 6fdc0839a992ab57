using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users.Indexes;
using YesSql;

namespace OrchardTracker.SiteBench;

/// <summary>
/// Fills a site with users: their documents, their rows of the index of users, half of them in a role. By SQL, as copies of
/// the administrator: through Orchard Core's user manager, which hashes a password for each, it would take a day.
/// </summary>
internal static class BenchUsers
{
    public const string Role = "Member";

    /// <summary>Beyond all documents that the site makes itself.</summary>
    private const long FirstDocument = 10_000_000;

    private const int SecondsToFill = 600;

    public static string Id(int number) => $"benchuser{number:D17}";

    public static Task FillAsync(BenchSite site, int count) => site.InTenantAsync(async services =>
    {
        var configuration = services.GetRequiredService<IStore>().Configuration;
        var isSqlite = configuration.SqlDialect.Name == "Sqlite";
        var names = configuration.TableNameConvention;
        var (documents, index, roles) = (names.GetDocumentTable(), names.GetIndexTable(typeof(UserIndex)), names.GetIndexTable(typeof(UserByRoleNameIndex)));
        var (series, id) = isSqlite
            ? ($"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count})", "printf('benchuser%017d', n)")
            : ($"WITH series AS (SELECT generate_series(1, {count}) AS n)", "'benchuser' || lpad(n::text, 17, '0')");
        await using var connection = configuration.ConnectionFactory.CreateConnection();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync($"""
            {series} INSERT INTO "{documents}" ("Id", "Type", "Content", "Version")
            SELECT {FirstDocument} + n, d."Type", replace(d."Content", i."UserId", {id}), d."Version"
            FROM series, "{documents}" d JOIN "{index}" i ON i."DocumentId" = d."Id" WHERE i."NormalizedUserName" = 'ADMIN'
            """);
        await RunAsync($"""
            {series} INSERT INTO "{index}" ("DocumentId", "UserId", "NormalizedUserName", "NormalizedEmail", "IsEnabled", "IsLockoutEnabled", "AccessFailedCount")
            SELECT {FirstDocument} + n, {id}, upper({id}), upper({id}) || '@EXAMPLE.ORG', {(isSqlite ? "1, 0" : "true, false")}, 0 FROM series
            """);
        await RunAsync($"""INSERT INTO "{roles}" ("RoleName", "Count") VALUES ('{Role.ToUpperInvariant()}', {count / 2})""");
        await RunAsync($"""
            {series} INSERT INTO "{roles}_{documents}" ("UserByRoleNameIndexId", "DocumentId")
            SELECT r."Id", {FirstDocument} + n FROM series, "{roles}" r WHERE n % 2 = 0 AND r."RoleName" = '{Role.ToUpperInvariant()}'
            """);
        await transaction.CommitAsync();

        async Task RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.CommandTimeout = SecondsToFill;
            await command.ExecuteNonQueryAsync();
        }
    });
}
