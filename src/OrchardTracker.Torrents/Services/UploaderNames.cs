using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;

namespace OrchardTracker.Torrents.Services;

/// <summary>Finds the names of users whose torrents these are. One who was deleted has none any more.</summary>
public sealed class UploaderNames(IServiceProvider services)
{
    private readonly Dictionary<string, string?> _known = [];

    public async Task<string?> FindAsync(string? userId)
    {
        if (string.IsNullOrEmpty(userId) || services.GetService<UserManager<IUser>>() is not { } users)
        {
            return null;
        }

        if (!_known.TryGetValue(userId, out var name))
        {
            name = (await users.FindByIdAsync(userId))?.UserName;
            _known.Add(userId, name);
        }

        return name;
    }
}
