using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.SiteBench;

/// <summary>Writes to a site's database now and then, as its other pages do, and sees how long it must wait.</summary>
internal sealed class OtherWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task<double> _longest;

    private OtherWriter(TrackerSql sql) => _longest = Task.Run(() => WriteAsync(sql));

    public static async Task<OtherWriter> StartAsync(BenchSite site)
    {
        TrackerSql? sql = null;
        await site.InTenantAsync(services =>
        {
            sql = services.GetRequiredService<TrackerSql>();
            return Task.CompletedTask;
        });
        return new OtherWriter(sql!);
    }

    /// <returns>In milliseconds, the longest that a write has taken.</returns>
    public async Task<double> StopAsync()
    {
        await _stopping.CancelAsync();
        return await _longest;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task<double> WriteAsync(TrackerSql sql)
    {
        var longest = 0.0;
        do
        {
            var start = Stopwatch.GetTimestamp();
            await using (var connection = sql.CreateConnection())
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = sql.Format("DELETE FROM <Blocks> WHERE [Hash] = 'none'");
                command.CommandTimeout = 600;
                await command.ExecuteNonQueryAsync();
            }

            longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(20);
        }
        while (!_stopping.IsCancellationRequested);
        return longest;
    }
}
