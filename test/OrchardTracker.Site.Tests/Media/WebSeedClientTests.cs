using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Real clients download from the site alone, over HTTP (BEP 19).</summary>
public sealed class WebSeedClientTests(SeederlessSite site) : IClassFixture<SeederlessSite>
{
    [Theory]
    [InlineData(ClientKind.Aria2, 1_024)]
    [InlineData(ClientKind.Aria2, 20_000_000)]
    [InlineData(ClientKind.Libtorrent, 1_024)]
    [InlineData(ClientKind.Libtorrent, 20_000_000)]
    [InlineData(ClientKind.Transmission, 1_024)]
    [InlineData(ClientKind.Transmission, 20_000_000)]
    public Task Should_download_a_file_from_its_media_url(ClientKind kind, int length) =>
        site.DownloadAsync(kind, $"open {kind} {length} #1 100%.bin", length, byMagnet: false);

    [Theory(Explicit = true)]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    [InlineData(ClientKind.Transmission)]
    public Task Should_download_a_gigabyte(ClientKind kind) => site.DownloadAsync(kind, $"open {kind} large.bin", 1_000_000_000, byMagnet: false);

    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    [InlineData(ClientKind.Transmission)]
    public async Task Should_download_a_folder_from_the_address_of_the_module(ClientKind kind)
    {
        var name = $"album {kind} ä #1 100%";
        var files = new Dictionary<string, byte[]>();
        foreach (var (file, length) in (KeyValuePair<string, int>[])[new("cd 1/01 ä.flac", 3_000_001), new("cd 1/02 #2.flac", 1_234_567), new("notes.txt", 77)])
        {
            files[file] = System.Security.Cryptography.RandomNumberGenerator.GetBytes(length);
            await site.Site.WriteAsync($"albums/{name}/{file}", files[file]);
        }

        var entry = await site.Site.WaitForEntryAsync($"albums/{name}", entry => entry is { State: MediaTorrent.Entries.MediaEntryState.Ready } && entry.Length == 4_234_645);
        using var folder = new ClientFolder();
        await using var client = await Clients.StartAsync(kind, await site.GetAsync(entry!, byMagnet: false, folder.Path), folder.New("client"), "127.0.0.1");
        await site.WaitAsync(client);

        foreach (var (file, bytes) in files)
        {
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, name, file)));
        }

        Assert.True(site.Publishing.WebSeeds.Uploaded >= 4_234_645);
    }

    // Not with Transmission: the one of Debian does not take hybrids of several files.
    [Theory]
    [InlineData(ClientKind.Aria2)]
    [InlineData(ClientKind.Libtorrent)]
    public async Task Should_download_many_small_ranges_of_a_hybrid_folder(ClientKind kind)
    {
        await site.Site.SetAsync(settings => settings.Rules =
        [
            .. settings.Rules.Where(rule => rule.Id != "hybrid"),
            new MediaRule { Id = "hybrid", Folder = "hybrids/*", Choices = new MediaChoices { Scope = MediaScope.Folder, Version = MetainfoVersion.Hybrid, PieceLength = 16_384 } },
        ]);
        var name = $"hybrid {kind}";
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1_000_001);
        await site.Site.WriteAsync($"hybrids/{name}/a.bin", bytes);
        await site.Site.WriteAsync($"hybrids/{name}/b.bin", bytes);
        var entry = await site.Site.WaitForEntryAsync($"hybrids/{name}", entry => entry is { State: MediaTorrent.Entries.MediaEntryState.Ready } && entry.Length == 2_000_002);
        Assert.NotNull(entry!.InfoHashV2);
        using var folder = new ClientFolder();
        await using var client = await Clients.StartAsync(kind, await site.GetAsync(entry, byMagnet: false, folder.Path), folder.New("client"), "127.0.0.1");
        await site.WaitAsync(client);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, name, "a.bin")));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, name, "b.bin")));
    }
}
