using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Hosting;

namespace OrchardTracker.Tracker.Accounts;

/// <summary>Writes the accounts of a tracker that wait, and tells when that fails and when it works again.</summary>
internal sealed partial class AccountFlushing(TenantTracker tenant, ILogger logger)
{
    /// <summary>What cannot be written waits on.</summary>
    public async Task FlushAsync()
    {
        if (tenant.Database is not { } database)
        {
            return;
        }

        try
        {
            await tenant.Accounts.FlushAsync(database, tenant.AccountRules, CancellationToken.None);
            if (tenant.AccountsFail)
            {
                tenant.AccountsFail = false;
                LogWrittenAgain(logger);
            }
        }
        catch (Exception error)
        {
            if (!tenant.AccountsFail)
            {
                tenant.AccountsFail = true;
                LogNotWritten(logger, error);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The accounts of the tracker's users cannot be written. They wait in memory and are written as soon as the database takes them; until then a crash would lose them.")]
    private static partial void LogNotWritten(ILogger logger, Exception error);

    [LoggerMessage(LogLevel.Information, "The accounts of the tracker's users are written again; nothing was lost.")]
    private static partial void LogWrittenAgain(ILogger logger);
}
