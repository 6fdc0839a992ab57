using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.Swarms;
using OrchardTracker.Swarms.Tests;

namespace OrchardTracker.Frontends.Tests.Http;

/// <summary>A tracker in Kestrel on free ports of both loopback addresses, asked over bare sockets.</summary>
public sealed class TrackerServer : IAsyncDisposable
{
    /// <summary>What the host answers where the tracker does not.</summary>
    public const string NotTheTracker = "this is the rest of the site";

    private readonly WebApplication _app;

    private TrackerServer(WebApplication app, HttpTracker tracker, TestClock clock)
    {
        _app = app;
        Tracker = tracker;
        Clock = clock;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToArray();
        V4 = new IPEndPoint(IPAddress.Loopback, addresses.First(address => address.Host == "127.0.0.1").Port);
        V6 = addresses.FirstOrDefault(address => address.Host == "[::1]") is { } six ? new IPEndPoint(IPAddress.IPv6Loopback, six.Port) : null;
    }

    public HttpTracker Tracker { get; }

    public TrackerEngine Engine => Tracker.Engine;

    public TestClock Clock { get; }

    public IPEndPoint V4 { get; }

    /// <summary>Null where the machine has no IPv6.</summary>
    public IPEndPoint? V6 { get; }

    /// <param name="configure">Puts the tracker into a pipeline; by default it stands first.</param>
    public static async Task<TrackerServer> StartAsync(
        TrackerSettings? settings = null,
        HttpTrackerOptions? options = null,
        int maxRequestLine = 32 * 1024,
        Action<WebApplication, HttpTracker>? configure = null)
    {
        var clock = new TestClock();
        var tracker = new HttpTracker(
            new TrackerEngine(settings ?? new TrackerSettings { IntervalJitter = 0, Rate = null }, clock), options ?? new HttpTrackerOptions());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = maxRequestLine;
            kestrel.Listen(IPAddress.Loopback, 0);
            if (Socket.OSSupportsIPv6)
            {
                kestrel.Listen(IPAddress.IPv6Loopback, 0);
            }
        });
        var app = builder.Build();
        (configure ?? ((host, it) => host.UseTracker(it)))(app, tracker);
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentLength = NotTheTracker.Length;
            return context.Response.WriteAsync(NotTheTracker);
        });
        await app.StartAsync();
        return new TrackerServer(app, tracker, clock);
    }

    public Task<HttpReply> GetAsync(string target, params string[] headers) => SendAsync("GET", target, V4, headers);

    public async Task<HttpReply> SendAsync(string method, string target, IPEndPoint? to = null, params string[] headers)
    {
        string[] lines = [$"{method} {target} HTTP/1.1", "Host: tracker.test", "Connection: close", .. headers, "", ""];
        var received = await ExchangeAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)), to);
        return Assert.Single(HttpReply.ReadAll(received, method == "HEAD"));
    }

    /// <summary>Sends bytes as they are and takes what comes until the server closes the connection.</summary>
    /// <param name="isAll">
    /// Tells the server that nothing more will come, so that it does not wait for the rest of what is no request. It may
    /// then close without an answer.
    /// </param>
    public async Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> request, IPEndPoint? to = null, bool isAll = false)
    {
        using var socket = new Socket((to ?? V4).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await socket.ConnectAsync(to ?? V4, limit.Token);
        await using var stream = new NetworkStream(socket);
        using var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            if (isAll)
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            await stream.CopyToAsync(received, limit.Token);
        }
        catch (IOException exception) when (isAll && exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
        {
            // What came before the server had enough is what came.
        }

        return received.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
