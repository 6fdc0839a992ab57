using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.Node.Tests.Web;

/// <summary>Sends a request exactly as written: HTTP clients tidy paths up before they send them.</summary>
internal static class RawHttp
{
    public static async Task<string> GetAsync(Uri node, string target, string headers = "Host: localhost\r\n", string version = "1.1")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(node.DnsSafeHost, node.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/{version}\r\n{headers}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
