using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using OrchardTracker.MediaTorrent.Access;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.Publishing;

namespace OrchardTracker.MediaTorrent.Seeding;

/// <summary>
/// Lets those peers to a restricted torrent from whose address somebody has announced it with the passkey of a user who may
/// see what it belongs to.
/// </summary>
internal sealed class SeedAdmission(TenantShell shell, SeedRecord record)
{
    private const int MostUsersOfAddress = 20;

    public async ValueTask<bool> AdmitsAsync(SeedPeer peer, CancellationToken cancellationToken)
    {
        return await shell.RunAsync(async services =>
        {
            if (services.GetService<ISiteTracker>() is not { } tracker
                || services.GetService<ITrackerAccounts>() is not { } accounts
                || services.GetService<IUserService>() is not { } users
                || await services.GetRequiredService<MediaEntryStore>().FindAsync(record.EntryId) is not { HasTorrent: true } entry)
            {
                return false;
            }

            // By the address: libtorrent has another peer id for each connection.
            var numbers = tracker.GetPeers(peer.InfoHash, int.MaxValue)
                .Where(each => each.User != 0 && each.Endpoint.Address.Equals(peer.Address.Address))
                .Select(each => each.User).Distinct().Take(MostUsersOfAddress);
            var access = services.GetRequiredService<MediaAccess>();
            foreach (var number in numbers)
            {
                if (await accounts.FindUserIdAsync(number) is { } userId
                    && await users.GetUserByUniqueIdAsync(userId) is User { IsEnabled: true } user
                    && await access.MayViewAsync(await users.CreatePrincipalAsync(user), entry))
                {
                    return true;
                }
            }

            return false;
        });
    }
}
