using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OrchardTracker.MediaTorrent.Access;

/// <summary>
/// Tickets in the addresses of web seeds: a client comes without its user's session, so the address says who he is. For
/// one user and one torrent, and for a time.
/// </summary>
public sealed class SeedTickets(IDataProtectionProvider protection)
{
    private const string Purpose = "OrchardTracker.MediaTorrent.WebSeed";

    public string Issue(string infoHash, string userId, TimeSpan lifetime) => ProtectorOf(infoHash).Protect(userId, lifetime);

    /// <returns>The id of the user; null for a ticket that is forged, of another torrent, or of the past.</returns>
    public string? Read(string infoHash, string ticket)
    {
        try
        {
            return ProtectorOf(infoHash).Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(string infoHash) => protection.CreateProtector(Purpose, infoHash).ToTimeLimitedDataProtector();
}
