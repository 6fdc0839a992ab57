using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using FreePort = OrchardTracker.Interop.Tests.Node.FreePort;

namespace OrchardTracker.Site.Tests.Tracker;

/// <summary>Debian's nginx in front of the site, set up as the documentation says.</summary>
public sealed class ReverseProxyTests
{
    private const string Nginx = "/usr/sbin/nginx";

    [Fact]
    public async Task Should_see_clients_under_their_own_addresses_and_write_no_passkey_anywhere()
    {
        Assert.SkipUnless(File.Exists(Nginx), "There is no nginx here: apt-get install nginx-light.");
        var log = new SiteLog(keepsAll: true);

        // The levels are those that the site comes with: what ASP.NET Core says of each request it does not let through.
        var levels = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build().GetSection("Logging");
        Assert.NotEmpty(levels.GetChildren());
        await using var site = await TestSite.StartAsync(new SiteOptions
        {
            Configure = builder =>
            {
                builder.Logging.AddConfiguration(levels);
                builder.Services.AddSingleton<ILoggerProvider>(log);
            },
        });
        await site.SetTrackerAsync(("Mode", "Private"));
        await site.AddUserAsync("anna");
        var at = await site.AnnouncePathOfAsync("anna");
        var hash = Announcer.NewHash();
        await site.ServeAsync(hash);
        var folder = Directory.CreateTempSubdirectory("orchardtracker-nginx-").FullName;
        var port = FreePort.Next();
        using var nginx = await StartAsync(folder, port, site.Url.Port);
        try
        {
            using var client = ClientAt("127.0.0.2", port);
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.66"); // forged
            Assert.Equal([127, 0, 0, 1], await SeenAsync(client, Announcer.Path(hash, 1001, at: at)));

            await site.SetTrackerAsync(("TrustedProxies", "127.0.0.1"));
            Assert.Equal([127, 0, 0, 2], await SeenAsync(client, Announcer.Path(hash, 1001, at: at)));
            using var other = ClientAt("127.0.0.3", port);
            var reply = Assert.IsType<BencodeDictionary>(BencodeValue.Parse(await other.GetByteArrayAsync(Announcer.Path(hash, 1002, at: at), TestContext.Current.CancellationToken)));
            Assert.Contains("127.0.0.2", string.Join(' ', PeersIn(reply)), StringComparison.Ordinal);

            await client.AnnounceRefusedAsync(Announcer.Path(Announcer.NewHash(), 1001, at: at));
            await client.AnnounceRefusedAsync($"{at}?info_hash=short&x=1");
            using (await client.GetAsync($"{at}/elsewhere", TestContext.Current.CancellationToken))
            {
                var passkey = at.Split('/')[0];
                Assert.DoesNotContain(log.Lines, line => line.Contains(passkey, StringComparison.OrdinalIgnoreCase));
                Assert.Contains(log.Lines, line => line.Contains("OrchardTracker", StringComparison.Ordinal));
                foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Concat(LogsOf(site)))
                {
                    Assert.DoesNotContain(passkey, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
                }
            }
        }
        finally
        {
            nginx.Kill(entireProcessTree: true);
            await nginx.WaitForExitAsync(TestContext.Current.CancellationToken);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> LogsOf(TestSite site)
    {
        var logs = Path.Combine(site.Folder, "App_Data", "logs");
        return Directory.Exists(logs) ? Directory.EnumerateFiles(logs) : [];
    }

    private static IEnumerable<IPAddress> PeersIn(BencodeDictionary reply)
    {
        var peers = Assert.IsType<BencodeString>(reply["peers"u8]).Bytes.ToArray();
        return peers.Chunk(6).Select(peer => new IPAddress(peer.AsSpan(0, 4)));
    }

    private static async Task<byte[]> SeenAsync(HttpClient client, string path)
    {
        var reply = Assert.IsType<BencodeDictionary>(BencodeValue.Parse(await client.GetByteArrayAsync(path)));
        return Assert.IsType<BencodeString>(reply["external ip"u8]).Bytes.ToArray();
    }

    private static HttpClient ClientAt(string address, int port) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}/"),
    };

    private static async Task<Process> StartAsync(string folder, int port, int site)
    {
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log crit;
            events { }
            http {
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                log_format without_keys '$remote_addr $status $body_bytes_sent';
                access_log {{folder}}/access.log without_keys;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://127.0.0.1:{{site}};
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $host:$server_port;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                    }
                }
            }
            """);
        var process = Process.Start(new ProcessStartInfo(Nginx, ["-p", folder, "-c", configuration, "-e", $"{folder}/error.log"]))!;
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(process.HasExited, "nginx has ended.");
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return process;
    }
}
