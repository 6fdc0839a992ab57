using System.Net.Sockets;
using OrchardTracker.Interop.Tests;
using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A real Redis on the loopback, which keeps nothing.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Running _process;

    private RedisServer(Running process, int port) => (_process, Configuration) = (process, $"127.0.0.1:{port},allowAdmin=true");

    /// <summary>As StackExchange.Redis takes it.</summary>
    public string Configuration { get; }

    public static async Task<RedisServer> StartAsync()
    {
        var port = FreePort.Next();
        var server = new RedisServer(new Running(Tool.Require("redis-server", "redis-server"), "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"), port);
        await MediaSteps.EventuallyAsync(() => AnswersAsync(port), () => $"Redis does not answer: {server._process}");
        return server;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
