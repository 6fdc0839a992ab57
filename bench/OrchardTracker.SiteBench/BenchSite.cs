using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardTracker.Web.Hosting;

namespace OrchardTracker.SiteBench;

/// <summary>A site of OrchardTracker.Web in a folder of its own, which is removed afterwards unless it was named.</summary>
internal sealed partial class BenchSite : IAsyncDisposable
{
    private const string Password = "Orchard-Bench-1!";

    private readonly string _folder;
    private readonly string? _postgreSql;
    private readonly bool _keepsFolder;
    private WebApplication _app;

    private BenchSite(WebApplication app, string folder, bool keepsFolder, string? postgreSql)
    {
        (_app, _folder, _keepsFolder, _postgreSql) = (app, folder, keepsFolder, postgreSql);
    }

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <param name="postgreSql">A connection string; SQLite when null.</param>
    /// <param name="named">Where the site is kept, or is already; a folder of its own when null.</param>
    public static async Task<BenchSite> StartAsync(string? postgreSql, string? named = null)
    {
        var folder = named is null ? Directory.CreateTempSubdirectory("orchardtracker-bench-").FullName : Path.GetFullPath(named);
        Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        Directory.CreateDirectory(Path.Combine(folder, "Recipes"));
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Recipes")))
        {
            File.Copy(file, Path.Combine(folder, "Recipes", Path.GetFileName(file)), overwrite: true);
        }

        return new BenchSite(await RunAsync(folder, postgreSql), folder, keepsFolder: named is not null, postgreSql);
    }

    /// <summary>Stops the site and starts it again, until it has answered its first request.</summary>
    public async Task RestartAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = await RunAsync(_folder, _postgreSql);
    }

    private static async Task<WebApplication> RunAsync(string folder, string? postgreSql)
    {
        string[] database = postgreSql is null ? [] :
        [
            "--OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseProvider=Postgres",
            $"--OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseConnectionString={postgreSql}",
        ];
        var app = SiteApplication.Create(
            new WebApplicationOptions
            {
                Args = ["--Urls=http://127.0.0.1:0", $"--OrchardTracker:AdminPassword={Password}", .. database],
                ApplicationName = "OrchardTracker.Web",
                ContentRootPath = folder,
                WebRootPath = Path.Combine(folder, "wwwroot"),
                EnvironmentName = "Production",
            },
            builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        (await client.GetAsync(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())).EnsureSuccessStatusCode();
        return app;
    }

    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(5) };
        var token = AntiforgeryField().Match(await client.GetStringAsync("Login")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(
        [
            new("LoginForm.UserName", "admin"), new("LoginForm.Password", Password), new("__RequestVerificationToken", WebUtility.HtmlDecode(token)),
        ]);
        (await client.PostAsync("Login", form)).EnsureSuccessStatusCode();
        return client;
    }

    public async Task InTenantAsync(Func<IServiceProvider, Task> work)
    {
        var shells = _app.Services.GetRequiredService<IShellHost>();
        shells.TryGetSettings(ShellSettings.DefaultShellName, out var settings);
        var scope = await shells.GetScopeAsync(settings);
        await scope.UsingAsync(async scope =>
        {
            scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>().HttpContext =
                new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider };
            await work(scope.ServiceProvider);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (!_keepsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex AntiforgeryField();
}
