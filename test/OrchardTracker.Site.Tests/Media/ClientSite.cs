using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Hosting;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A site with its seeder on the loopback; what lies in the folder <c>only</c> is to be had by torrent only.</summary>
public class ClientSite : SiteFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    protected virtual int SeederPort { get; } = FreePort.Next();

    protected virtual long SeederRate => 0;

    /// <summary>Where peers are told that the seeder is.</summary>
    protected virtual string SeederAddress => "127.0.0.1";

    public TenantPublishing Publishing { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Publishing = await Site.InTenantAsync(services => Task.FromResult(services.GetRequiredService<TenantPublishing>()));
        await Site.SetAsync(settings =>
        {
            settings.SeederPort = SeederPort;
            settings.SeederAddresses = [SeederAddress];
            settings.SeederRate = SeederRate;
            settings.Rules =
            [
                new MediaRule { Id = "only", Folder = "only", Choices = new MediaChoices { IsTorrentOnly = true } },
                new MediaRule { Id = "album", Folder = "albums/*", Choices = new MediaChoices { Scope = MediaScope.Folder } },
            ];
        });
        await MediaSteps.EventuallyAsync(() => Task.FromResult(SeederPort == 0 || Publishing.Seeder.Current?.Port == SeederPort), () => $"The seeder does not run.\n{Site.Log}");
    }

    /// <summary>Puts random bytes into the library, and waits for the torrent.</summary>
    public async Task<(MediaEntry Entry, byte[] Bytes)> PublishAsync(string path, int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        await Site.WriteAsync(path, bytes);
        return (await Site.WaitForTorrentAsync(path), bytes);
    }

    /// <summary>What a visitor gets on the page of a file: a .torrent in a file, or the magnet link.</summary>
    public async Task<string> GetAsync(MediaEntry entry, bool byMagnet, string folder)
    {
        using var visitor = Site.CreateClient();
        if (byMagnet)
        {
            var page = await visitor.GetStringAsync($"media-torrents/{entry.EntryId}");
            return System.Net.WebUtility.HtmlDecode(Regex.Match(page, "href=\"(magnet:[^\"]+)\"").Groups[1].Value);
        }

        var file = Path.Combine(folder, "given.torrent");
        await File.WriteAllBytesAsync(file, await visitor.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent"));
        return file;
    }

    /// <summary>Downloads with a client and compares each byte.</summary>
    public async Task DownloadAsync(ClientKind kind, string path, int length, bool byMagnet)
    {
        var (entry, bytes) = await PublishAsync(path, length);
        using var folder = new ClientFolder();
        var given = await GetAsync(entry, byMagnet, folder.Path);
        await using var client = await Clients.StartAsync(kind, given, folder.New("client"), "127.0.0.1");
        await WaitAsync(client);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, entry.TorrentName!)));
    }

    internal async Task WaitAsync(params IClient[] clients)
    {
        var limit = DateTime.UtcNow + Patience;
        foreach (var client in clients)
        {
            while (!await client.IsCompleteAsync())
            {
                Assert.True(DateTime.UtcNow < limit, $"The download does not end.\n{string.Join<object>('\n', clients)}\n{Site.Log}");
                await Task.Delay(50);
            }
        }
    }
}
