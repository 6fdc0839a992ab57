using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace OrchardTracker.Torrents.Feeds;

/// <summary>
/// Lets programs read a user's feed and get its torrents, and nothing else: they cannot sign in. A key names the user and
/// ends with his security stamp, when he changes his password for example. It is sealed, not stored.
/// </summary>
public sealed class FeedKeys(IDataProtectionProvider protection, IServiceProvider services)
{
    private const int LongestKey = 500;
    private const int MarkLength = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("OrchardTracker.Torrents.Feeds");

    /// <returns>Null for whoever has not signed in.</returns>
    public async Task<string?> MakeAsync(ClaimsPrincipal visitor)
    {
        return Users is { } users && visitor.Identity?.IsAuthenticated == true && await users.GetUserAsync(visitor) is User user
            ? WebEncoders.Base64UrlEncode(_protector.Protect([.. Mark(user), .. Encoding.UTF8.GetBytes(user.UserId)]))
            : null;
    }

    /// <summary>The user whose key it is, as if he had come himself.</summary>
    /// <returns>Null when it is no key, or not any more.</returns>
    public async Task<ClaimsPrincipal?> OpenAsync(string key)
    {
        if (Users is not { } users || key.Length > LongestKey || Unseal(key) is not { Length: > MarkLength } content)
        {
            return null;
        }

        return await users.FindByIdAsync(Encoding.UTF8.GetString(content.AsSpan(MarkLength))) is User { IsEnabled: true } user
            && CryptographicOperations.FixedTimeEquals(Mark(user), content.AsSpan(0, MarkLength))
            ? await services.GetRequiredService<IUserClaimsPrincipalFactory<IUser>>().CreateAsync(user)
            : null;
    }

    private UserManager<IUser>? Users => services.GetService<UserManager<IUser>>();

    private static byte[] Mark(User user) => SHA256.HashData(Encoding.UTF8.GetBytes(user.SecurityStamp ?? ""))[..MarkLength];

    private byte[]? Unseal(string key)
    {
        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(key));
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
