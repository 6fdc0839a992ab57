using System.Net.Sockets;
using System.Security.Cryptography;
using OrchardTracker.BitTorrent;
using OrchardTracker.Interop.Tests.Node;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>A hidden original for members, on a site with a private tracker: the seeder knows them by their passkeys.</summary>
public sealed class RestrictedSeederTests(ClientSite site) : IClassFixture<ClientSite>
{
    [Fact]
    public async Task Should_give_it_to_a_member_and_not_even_shake_hands_with_others()
    {
        await site.Site.DefineReleaseAsync();
        await site.Site.SetAsync(settings => settings.Rules = [.. settings.Rules.Select(rule => rule with { Choices = rule.Choices with { IsPublished = false } })]);
        await site.Site.SetTrackerAsync(("Mode", "Private"));
        await site.Site.RevokeAsync("Anonymous", "ViewContent");
        await site.Site.TryRevokeAsync("Authenticated", "ViewContent");
        await site.Site.GrantAsync("Contributor", "ViewContent", "AnnounceToTracker");
        await site.Site.AddUserAsync("member", "Contributor");
        var bytes = RandomNumberGenerator.GetBytes(2_000_000);
        await site.Site.WriteAsync("only/members.bin", bytes);
        await site.Site.AddReleaseAsync("For members", isPublished: true, "only/members.bin");
        var entry = await site.Site.WaitForEntryAsync("only/members.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });

        // Whoever knows the hash, and where the seeder is.
        Assert.Equal(0, await ShakeHandsAsync(entry!));

        using var folder = new ClientFolder();
        using var member = await site.Site.SignInAsync("member");
        var file = Path.Combine(folder.Path, "given.torrent");
        await File.WriteAllBytesAsync(file, await member.GetByteArrayAsync($"media-torrents/{entry!.EntryId}.torrent"));
        Assert.Empty(Metainfo.Parse(await File.ReadAllBytesAsync(file)).WebSeeds);
        await using var client = await Clients.StartAsync(ClientKind.Libtorrent, file, folder.New("client"), "127.0.0.1");
        await site.WaitAsync(client);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(client.Folder, entry.TorrentName!)));

        // By his address; until he may come in no more.
        Assert.Equal(1, await ShakeHandsAsync(entry));
        await site.Site.SetEnabledAsync("member", isEnabled: false);
        Assert.Equal(0, await ShakeHandsAsync(entry));
    }

    // The bytes that are answered, of which one is read.
    private async Task<int> ShakeHandsAsync(MediaEntry entry)
    {
        using var peer = new TcpClient();
        await peer.ConnectAsync("127.0.0.1", site.Publishing.Seeder.Current!.Port);
        byte[] handshake = [19, .. "BitTorrent protocol"u8, 0, 0, 0, 0, 0, 16, 0, 5, .. Convert.FromHexString(entry.InfoHash!), .. "-XX0000-000000000000"u8];
        await peer.GetStream().WriteAsync(handshake);
        return await ReadAsync(peer);
    }

    private static async Task<int> ReadAsync(TcpClient peer)
    {
        try
        {
            return await peer.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
