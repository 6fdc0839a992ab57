using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardCore.Security.Services;
using OrchardCore.Users;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>
/// Bearer tokens that name a user or an application, in the place of those of an OpenID Connect server: the scheme of that
/// name is where Orchard Core's API authentication looks. Whoever he is, what he may do is decided as always.
/// </summary>
internal static class TestTokens
{
    private const string Bearer = "Bearer";

    /// <summary>No name of a user has it.</summary>
    private const char Separator = '\n';

    public static string For(string user) => Convert.ToHexString(Encoding.UTF8.GetBytes(user));

    /// <summary>A token as by the client credentials flow.</summary>
    public static string ForApplication(string id, string role) => For($"{id}{Separator}{role}");

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

            var name = Encoding.UTF8.GetString(Convert.FromHexString(token));
            if (name.Split(Separator) is [var id, var role])
            {
                return AuthenticateResult.Success(new AuthenticationTicket(await ApplicationAsync(id, role), Bearer));
            }

            var users = Context.RequestServices.GetRequiredService<UserManager<IUser>>();
            var user = await users.FindByNameAsync(name);
            if (user is null)
            {
                return AuthenticateResult.Fail("Nobody has this name.");
            }

            ClaimsPrincipal principal = await Context.RequestServices.GetRequiredService<IUserClaimsPrincipalFactory<IUser>>().CreateAsync(user);
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Bearer));
        }

        /// <summary>With the claims that Orchard Core's OpenID Connect server puts in: none of them is an id of a user.</summary>
        private async Task<ClaimsPrincipal> ApplicationAsync(string id, string role)
        {
            var claims = await Context.RequestServices.GetRequiredService<IRoleService>().GetRoleClaimsAsync(role);
            return new ClaimsPrincipal(new ClaimsIdentity([new("sub", id), new("name", $"Application {id}"), new("role", role), .. claims], Bearer, "name", "role"));
        }
    }
}
