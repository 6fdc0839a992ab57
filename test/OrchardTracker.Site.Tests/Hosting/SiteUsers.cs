using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>Makes users of a site and signs them in as a browser does.</summary>
public static partial class SiteUsers
{
    /// <summary>Makes a user with <see cref="TestSite.Password"/> unless he is there.</summary>
    /// <returns>His id.</returns>
    public static Task<string> AddUserAsync(this TestSite site, string name, params string[] roles) => site.InTenantAsync(async services =>
    {
        var users = services.GetRequiredService<IUserService>();
        if (await users.GetUserAsync(name) is User known)
        {
            return known.UserId;
        }

        List<string> errors = [];
        var user = new User { UserName = name, Email = $"{name}@example.org", EmailConfirmed = true, IsEnabled = true, RoleNames = [.. roles] };
        await users.CreateUserAsync(user, TestSite.Password, (_, error) => errors.Add(error));
        Assert.Empty(errors);
        return user.UserId;
    });

    /// <summary>Disables a user, or enables him again.</summary>
    public static Task SetEnabledAsync(this TestSite site, string name, bool isEnabled) => site.InTenantAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<OrchardCore.Users.IUser>>();
        var user = (User)(await users.FindByNameAsync(name))!;
        user.IsEnabled = isEnabled;
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    });

    /// <summary>Lets everybody of a role do something.</summary>
    public static Task GrantAsync(this TestSite site, string role, params string[] permissions) => site.InTenantAsync(async services =>
    {
        var roles = services.GetRequiredService<RoleManager<OrchardCore.Security.IRole>>();
        var found = (OrchardCore.Security.Role)(await roles.FindByNameAsync(role))!;
        foreach (var permission in permissions)
        {
            found.RoleClaims.Add(OrchardCore.Security.RoleClaim.Create(permission));
        }

        Assert.True((await roles.UpdateAsync(found)).Succeeded);
    });

    /// <summary>Takes a permission from everybody of a role, if they have it.</summary>
    public static Task TryRevokeAsync(this TestSite site, string role, string permission) => site.InTenantAsync(async services =>
    {
        var roles = services.GetRequiredService<RoleManager<OrchardCore.Security.IRole>>();
        var found = (OrchardCore.Security.Role)(await roles.FindByNameAsync(role))!;
        if (found.RoleClaims.RemoveAll(claim => claim.ClaimValue == permission) > 0)
        {
            Assert.True((await roles.UpdateAsync(found)).Succeeded);
        }
    });

    /// <summary>Takes a permission from everybody of a role.</summary>
    public static Task RevokeAsync(this TestSite site, string role, string permission) => site.InTenantAsync(async services =>
    {
        var roles = services.GetRequiredService<RoleManager<OrchardCore.Security.IRole>>();
        var found = (OrchardCore.Security.Role)(await roles.FindByNameAsync(role))!;
        Assert.NotEqual(0, found.RoleClaims.RemoveAll(claim => claim.ClaimValue == permission));
        Assert.True((await roles.UpdateAsync(found)).Succeeded);
    });

    /// <summary>A client with the session of a user.</summary>
    public static async Task<HttpClient> SignInAsync(this TestSite site, string name, string tenantPrefix = "")
    {
        var client = site.CreateClient(tenantPrefix);
        var response = await client.PostFormAsync("Login", new() { ["LoginForm.UserName"] = name, ["LoginForm.Password"] = TestSite.Password });
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{name} cannot sign in: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return client;
    }

    /// <summary>Sends a form of a page, with the antiforgery token that the page holds.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string page, Dictionary<string, string> fields, string? action = null)
    {
        fields["__RequestVerificationToken"] = await client.GetAntiforgeryTokenAsync(page);
        return await client.PostAsync(action ?? page, new FormUrlEncodedContent(fields));
    }

    /// <summary>The token that a page with a form holds for its reader.</summary>
    public static async Task<string> GetAntiforgeryTokenAsync(this HttpClient client, string page)
    {
        var token = AntiforgeryField().Match(await client.GetStringAsync(page));
        Assert.True(token.Success, $"/{page} holds no form that can be sent.");
        return WebUtility.HtmlDecode(token.Groups[1].Value);
    }

    /// <summary>The cookies of a client that a test site has made.</summary>
    public static CookieContainer CookiesOf(HttpClient client) => Cookies.TryGetValue(client, out var cookies) ? cookies : throw new ArgumentException("Not one of ours.", nameof(client));

    internal static readonly System.Runtime.CompilerServices.ConditionalWeakTable<HttpClient, CookieContainer> Cookies = [];

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex AntiforgeryField();
}
