using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardTracker.Web.Hosting;

namespace OrchardTracker.Site.Tests.Hosting;

/// <summary>
/// A real site of OrchardTracker.Web: Kestrel on a free port of the loopback, a tenant set up by our recipe, a folder of
/// its own. The setup is done once a run and copied; starting from the copy takes a few seconds.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    public const string AdminName = "admin";
    public const string Password = "Orchard-Test-1!";

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly WebApplication _app;
    private bool _keepsFolder;
    private bool _isStopped;

    private TestSite(WebApplication app, string folder)
    {
        _app = app;
        Folder = folder;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        Log = app.Services.GetRequiredService<SiteLog>();
    }

    /// <summary>The content root, in which App_Data lies.</summary>
    public string Folder { get; }

    /// <summary>Ends with a slash.</summary>
    public Uri Url { get; }

    public SiteLog Log { get; }

    public IServiceProvider HostServices => _app.Services;

    public IShellHost Shells => _app.Services.GetRequiredService<IShellHost>();

    public static async Task<TestSite> StartAsync(SiteOptions? options = null)
    {
        options ??= new SiteOptions();
        var folder = options.Folder;
        if (folder is null)
        {
            folder = NewFolder();
            if (options.PostgreSql is null && options.IsSetUp)
            {
                CopyFolder(await Template.Value, folder);
            }
            else
            {
                PrepareFolder(folder);
            }
        }

        return await StartAsync(folder, options);
    }

    /// <summary>The folder of a stopped site once more, for another server of it.</summary>
    public static string Duplicate(string folder)
    {
        var copy = NewFolder();
        CopyFolder(folder, copy);
        return copy;
    }

    /// <summary>A client without a session; it follows no redirect, so that a test sees what is answered.</summary>
    public HttpClient CreateClient(string tenantPrefix = "")
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = tenantPrefix.Length == 0 ? Url : new Uri(Url, tenantPrefix + "/"),
            Timeout = TimeSpan.FromMinutes(2),
        };
        SiteUsers.Cookies.Add(client, cookies);
        return client;
    }

    /// <summary>Works in a scope of a tenant, as a request would.</summary>
    public async Task InTenantAsync(Func<IServiceProvider, Task> work, string tenant = ShellSettings.DefaultShellName)
    {
        Shells.TryGetSettings(tenant, out var settings);
        var scope = await Shells.GetScopeAsync(settings);
        await scope.UsingAsync(async scope =>
        {
            // Some of Orchard Core's services take for granted that there is a request.
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            context.Request.Scheme = Url.Scheme;
            context.Request.Host = new HostString(Url.Host, Url.Port);
            scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
            await work(scope.ServiceProvider);
        });
    }

    public async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> work, string tenant = ShellSettings.DefaultShellName)
    {
        T result = default!;
        await InTenantAsync(async services => { result = await work(services); }, tenant);
        return result;
    }

    /// <summary>Stops the site as SIGTERM would and keeps its folder, from which it can be started again.</summary>
    public async Task<string> StopAsync()
    {
        _keepsFolder = true;
        await DisposeAsync();
        return Folder;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await this.ClosePagesAsync();
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (!_keepsFolder)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static async Task<TestSite> StartAsync(string folder, SiteOptions options)
    {
        string[] database = options.PostgreSql is null
            ? []
            : [
                "--OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseProvider=Postgres",
                $"--OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseConnectionString={options.PostgreSql}",
            ];
        string[] setup = options.IsSetUp ? [] : ["--OrchardCore:OrchardCore_AutoSetup:AutoSetupPath=/set-up-by-itself"];
        var app = SiteApplication.Create(
            new WebApplicationOptions
            {
                Args = ["--Urls=http://127.0.0.1:0", $"--OrchardTracker:AdminPassword={Password}", .. database, .. setup, .. options.Args],
                ApplicationName = "OrchardTracker.Web",
                ContentRootPath = folder,
                WebRootPath = Path.Combine(folder, "wwwroot"),
                EnvironmentName = "Production",
            },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<SiteLog>();
                builder.Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<SiteLog>());

                // What runs by the clock is run by the tests that mean it, and meets no other.
                builder.Services.PostConfigure<BackgroundServiceOptions>(background => background.MinimumIdleTime = background.PollingTime = TimeSpan.FromDays(1));
                options.Configure?.Invoke(builder);
            },
            options.ConfigureOrchard);
        await app.StartAsync();
        var site = new TestSite(app, folder);

        // The first request sets up or activates the tenant.
        using var client = site.CreateClient();
        using var home = await client.GetAsync("");
        Assert.True(home.IsSuccessStatusCode || home.StatusCode == HttpStatusCode.Redirect, $"The site answers {home.StatusCode}:\n{site.Log}");
        using var again = await client.GetAsync("");
        Assert.True(again.StatusCode == HttpStatusCode.OK, $"The home page answers {again.StatusCode}:\n{site.Log}");
        return site;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = NewFolder();
        PrepareFolder(folder);
        var site = await StartAsync(folder, new SiteOptions());
        await site.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("orchardtracker-site-").FullName;

    private static void PrepareFolder(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "wwwroot"));
        CopyFolder(Path.Combine(AppContext.BaseDirectory, "Recipes"), Path.Combine(folder, "Recipes"));
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from))
        {
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
