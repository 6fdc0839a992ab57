using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using OrchardTracker.Tracker.Data;

namespace OrchardTracker.Tracker.Users;

/// <summary>
/// Keeps the site's secret, protected by its data protection keys. Where those are lost the secret is lost too, and with it
/// every passkey: a new one is made then. The old one stays, and is in force again when the keys are brought back.
/// </summary>
public sealed partial class PasskeySecretStore(
    TrackerDatabase database, IDataProtectionProvider dataProtection, TimeProvider time, ILogger<PasskeySecretStore> logger)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("OrchardTracker.Passkeys");

    public async Task<PasskeySecret> GetAsync()
    {
        if (await FindAsync() is { } known)
        {
            return known;
        }

        await database.ExecuteAsync(
            "INSERT INTO <Secrets> ([Value], [CreatedAt]) VALUES (@value, @now)",
            ("value", Convert.ToBase64String(_protector.Protect(RandomNumberGenerator.GetBytes(PasskeySecret.Length)))),
            ("now", time.GetUtcNow().ToUnixTimeSeconds()));

        // Another server of the site may have made one at the same time: the first counts for both.
        return await FindAsync() ?? throw new InvalidOperationException("The secret that was just protected cannot be read.");
    }

    private async Task<PasskeySecret?> FindAsync()
    {
        var secrets = await database.QueryAsync("SELECT [Value] FROM <Secrets> ORDER BY [Id]", reader => reader.GetString(0));
        foreach (var text in secrets)
        {
            try
            {
                return new PasskeySecret(_protector.Unprotect(Convert.FromBase64String(text)));
            }
            catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException)
            {
                LogLost(logger, error.Message);
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Error, "The secret of the tracker's passkeys cannot be read ({Reason}). Unless the site's data protection keys are brought back, every user has a new passkey and must download his torrents again. See docs/tracker.md, Backup.")]
    private static partial void LogLost(ILogger logger, string reason);
}
