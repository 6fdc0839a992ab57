using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Users;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>
/// Bearer tokens that name a user, in the place of those of an OpenID Connect server: the scheme of that name is where
/// Orchard Core's API authentication looks. Whoever he is, what he may do is decided as always.
/// </summary>
internal static class TestTokens
{
    private const string Bearer = "Bearer";

    public static string For(string user) => Convert.ToHexString(Encoding.UTF8.GetBytes(user));

    public static void AddTo(OrchardCoreBuilder builder) =>
        builder.ConfigureServices(services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, Handler>(Bearer, null));

    private sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization.ToString().Split(' ') is not [Bearer, { } token])
            {
                return AuthenticateResult.NoResult();
            }

            var users = Context.RequestServices.GetRequiredService<UserManager<IUser>>();
            var user = await users.FindByNameAsync(Encoding.UTF8.GetString(Convert.FromHexString(token)));
            if (user is null)
            {
                return AuthenticateResult.Fail("Nobody has this name.");
            }

            ClaimsPrincipal principal = await Context.RequestServices.GetRequiredService<IUserClaimsPrincipalFactory<IUser>>().CreateAsync(user);
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Bearer));
        }
    }
}
