using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;
using YesSql.Services;
using ISession = YesSql.ISession;

namespace OrchardTracker.Torrents.Services;

/// <summary>Finds the names of users whose torrents these are. One who was deleted has none any more.</summary>
public sealed class UploaderNames(ISession session, IServiceProvider services)
{
    private readonly Dictionary<string, string?> _known = [];

    /// <summary>Looks the names of several up at once, so that each is known when it is asked for.</summary>
    public async Task LoadAsync(IEnumerable<string?> userIds)
    {
        var wanted = userIds.OfType<string>().Where(id => id.Length > 0 && !_known.ContainsKey(id)).Distinct().ToList();
        if (wanted.Count == 0 || services.GetService<UserManager<IUser>>() is null)
        {
            return;
        }

        var found = (await session.Query<User, UserIndex>(index => index.UserId.IsIn(wanted)).ListAsync()).ToDictionary(user => user.UserId, user => user.UserName);
        foreach (var id in wanted)
        {
            _known[id] = found.GetValueOrDefault(id);
        }
    }

    public async Task<string?> FindAsync(string? userId)
    {
        if (string.IsNullOrEmpty(userId))
        {
            return null;
        }

        await LoadAsync([userId]);
        return _known.GetValueOrDefault(userId);
    }
}
