using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Contents;

namespace OrchardTracker.Torrents.Counting;

/// <summary>Finds out whether visitors without a session may see torrents, for what is answered without asking.</summary>
public sealed class PublicAccess(IAuthorizationService authorization, TorrentBoard board)
{
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    public async Task CheckAsync() =>
        board.IsPublic = await authorization.AuthorizeContentTypeAsync(Anonymous, CommonPermissions.ViewContent, TorrentContent.Type);
}
