using System.Net.Sockets;
using System.Text;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Sends a request target as it is: what a client tidies up is what an attacker leaves.</summary>
internal static class RawRequest
{
    /// <returns>All that comes back, headers and body.</returns>
    public static async Task<byte[]> SendAsync(Uri site, string method, string target, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(site.Host, site.Port);
        await using var stream = client.GetStream();
        var lines = (string[])[$"{method} {target} HTTP/1.1", $"Host: {site.Authority}", "Connection: close", .. headers, "", ""];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return answer.ToArray();
    }
}
