using System.Security.Claims;

namespace OrchardTracker.Torrents.Services;

/// <summary>Whose torrents are whose.</summary>
internal static class TorrentOwner
{
    /// <summary>
    /// The id of who has signed in: a user, or by the API an application, which has none of a user and is known by its
    /// subject (OpenID Connect).
    /// </summary>
    public static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub");
}
