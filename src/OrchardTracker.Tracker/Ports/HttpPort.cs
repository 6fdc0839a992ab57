using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrchardTracker.Frontends;

namespace OrchardTracker.Tracker.Ports;

/// <summary>
/// A web server that does nothing but answer the announces of one tracker: the shortest way to it. It belongs to no host
/// and no shell.
/// </summary>
internal sealed class HttpPort : IAsyncDisposable
{
    private const int MaxRequestHead = 32 << 10;

    // Who has begun an announce has it answered before the port closes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly KestrelServer _server;

    private HttpPort(KestrelServer server) => _server = server;

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpPort> OpenAsync(HttpTracker tracker, IPEndPoint endPoint, ILoggerFactory loggerFactory)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestLineSize = MaxRequestHead;
        options.Limits.MaxRequestHeadersTotalSize = MaxRequestHead;
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(endPoint, listen =>
        {
            // No body is read here, in which a line might look like that header.
            listen.UseBareIPv6Hosts().Protocols = HttpProtocols.Http1;
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggerFactory);
        var server = new KestrelServer(Options.Create(options), transport, loggerFactory);
        try
        {
            await server.StartAsync(new Application(tracker), CancellationToken.None);
            return new HttpPort(server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _server.StopAsync(patience.Token);
        _server.Dispose();
    }

    private sealed class Application(HttpTracker tracker) : IHttpApplication<DefaultHttpContext>
    {
        public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            if (contextFeatures is not IHostContextContainer<DefaultHttpContext> container)
            {
                return new DefaultHttpContext(contextFeatures);
            }

            // One context serves all requests of a connection, as in ASP.NET Core's own host.
            var context = container.HostContext ??= new DefaultHttpContext();
            context.Initialize(contextFeatures);
            return context;
        }

        public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

        public Task ProcessRequestAsync(DefaultHttpContext context)
        {
            if (tracker.TryHandle(context, context.Request.Path.Value))
            {
                return Task.CompletedTask;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("There is only a BitTorrent tracker here.\n");
        }
    }
}
