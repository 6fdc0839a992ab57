using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Another web server, with one page of this repository: somebody else's front-end.</summary>
internal sealed class StaticServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StaticServer(WebApplication app) => _app = app;

    /// <summary>Without a slash at the end.</summary>
    public string Origin => _app.Urls.First();

    /// <param name="file">From the root of the repository.</param>
    public static async Task<StaticServer> StartAsync(string file, [CallerFilePath] string source = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../..", file));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/", () => Results.File(path, "text/html; charset=utf-8"));
        await app.StartAsync();
        return new StaticServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
