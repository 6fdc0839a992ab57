using System.Net;
using System.Net.Http.Headers;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Access;

/// <summary>
/// Every route of every module × everybody who may come. The routes are those that the running tenant has: one without a
/// row fails, and so does a row without a route.
/// </summary>
public sealed class AccessMatrixTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static readonly List<IAccessRows> Modules =
    [
        .. typeof(IAccessRows).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAccessRows)))
            .Select(type => (IAccessRows)Activator.CreateInstance(type)!),
    ];

    [Fact]
    public async Task Should_have_a_row_for_every_route_and_a_route_for_every_row()
    {
        var routes = await SiteRoutes.ListAsync(fixture.Site);
        routes.UnionWith(Modules.SelectMany(module => module.RoutesBeforeRouting));
        var rows = Modules.SelectMany(module => module.Rows).Select(row => row.Route).ToHashSet();

        Assert.Empty(routes.Except(rows));
        Assert.Empty(rows.Except(routes));
    }

    [Fact]
    public async Task Should_let_everybody_do_what_he_may_and_nothing_else()
    {
        var site = fixture.Site;
        var context = new AccessContext(site, await site.AddUserAsync(AccessContext.UserName));
        await site.AddUserAsync(AccessContext.OtherUserName);
        await site.AddTenantAsync("Neighbour", "neighbour");
        foreach (var module in Modules)
        {
            await module.PrepareAsync(context);
        }

        var neighbourCookies = await SignInAtNeighbourAsync(site);
        List<string> wrong = [];
        foreach (var row in Modules.SelectMany(module => module.Rows))
        {
            await CheckAsync("anonymous", row.Anonymous, site.CreateClient(), "Login");
            await CheckAsync("user", row.User, await site.SignInAsync(AccessContext.UserName), "");
            await CheckAsync("other user", row.OtherUser, await site.SignInAsync(AccessContext.OtherUserName), "");
            var neighbour = site.CreateClient();
            neighbour.DefaultRequestHeaders.Add("Cookie", neighbourCookies);
            await CheckAsync("other tenant", row.OtherTenant, neighbour, "Login");

            // Last: he may change what the sample names.
            await CheckAsync("administrator", row.Administrator, await site.SignInAsync(TestSite.AdminName), "");

            async Task CheckAsync(string who, Answer expected, HttpClient client, string pageWithToken)
            {
                using (client)
                {
                    using var request = row.Sample(context);
                    if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && !request.Headers.Contains("RequestVerificationToken"))
                    {
                        request.Headers.Add("RequestVerificationToken", await SiteUsers.GetAntiforgeryTokenAsync(client, pageWithToken));
                    }

                    using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    var answer = Classify(response);
                    if (answer != expected)
                    {
                        wrong.Add($"{row.Route}: {who} should get {expected}, gets {answer?.ToString() ?? "?"} ({(int)response.StatusCode} {response.Headers.Location})");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong) + "\n" + site.Log);
    }

    private static async Task<string> SignInAtNeighbourAsync(TestSite site)
    {
        using var client = await site.SignInAsync(TestSite.AdminName, "neighbour");
        using var page = await client.GetAsync("Admin");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return string.Join("; ", SiteUsers.CookiesOf(client).GetCookies(new Uri(site.Url, "neighbour/")).Select(cookie => $"{cookie.Name}={cookie.Value}"));
    }

    private static Answer? Classify(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => Answer.SignIn,
        HttpStatusCode.Forbidden => Answer.Forbidden,
        HttpStatusCode.NotFound => Answer.NotFound,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableContent or HttpStatusCode.UnsupportedMediaType => Answer.BadRequest,
        HttpStatusCode.Redirect when IsTo(response.Headers, "/Login") => Answer.SignIn,
        HttpStatusCode.Redirect when IsTo(response.Headers, "/Error/403") => Answer.Forbidden,
        >= HttpStatusCode.OK and < HttpStatusCode.BadRequest => Answer.Given,
        _ => null,
    };

    private static bool IsTo(HttpResponseHeaders headers, string path) =>
        headers.Location?.ToString().Contains(path, StringComparison.OrdinalIgnoreCase) == true;
}
