using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Torrents;

/// <summary>Torrents that another module lists, and what the tracker then does.</summary>
public sealed class CatalogTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_list_and_serve_what_is_published()
    {
        var torrent = await SampleTorrent.CreateAsync("A published one");
        var entry = await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails { Title = "Title of it", MediaPath = "some/file" }));
        using var client = Site.CreateClient();

        Assert.Equal((torrent.TrackerHashes[0], "Title of it", true, true, "some/file"), (entry!.InfoHash, entry.Title, entry.IsPublished, entry.IsListed, entry.MediaPath));
        Assert.Contains("Title of it", await client.GetStringAsync("torrents"), StringComparison.Ordinal);
        Assert.Equal((1, 0), await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0));
    }

    [Fact]
    public async Task Should_serve_the_same_identity_with_the_announce_url_of_the_address_that_was_called()
    {
        var torrent = await SampleTorrent.CreateAsync("Дом.bin", new TorrentOptions { AnnounceTiers = [["http://old.example/announce"]] });
        await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails()));
        using var client = Site.CreateClient();

        using var response = await client.GetAsync($"torrents/{torrent.TrackerHashes[0]}.torrent");

        var served = Metainfo.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(torrent.InfoBytes.ToArray(), served.InfoBytes.ToArray());
        Assert.Equal([[$"{Site.Url}announce"]], served.AnnounceTiers);
        Assert.Equal("application/x-bittorrent", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Дом.bin.torrent", response.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Should_refuse_announces_as_soon_as_a_torrent_is_unpublished_and_take_them_again()
    {
        var torrent = await SampleTorrent.CreateAsync("Unpublished");
        var hash = torrent.TrackerHashes[0];
        await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails()));
        using var client = Site.CreateClient();

        Assert.True(await CatalogAsync(catalog => catalog.UnpublishAsync(hash)));

        Assert.Equal("This torrent is not published.", await client.AnnounceRefusedAsync(Announcer.Path(hash.Announced(), 1001)));
        using var gone = await client.GetAsync($"torrents/{hash}.torrent");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.False((await CatalogAsync(catalog => catalog.FindAsync(hash)))!.IsPublished);

        Assert.True((await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails())))!.IsPublished);
        await client.AnnounceAsync(hash.Announced(), 1001);
    }

    [Fact]
    public async Task Should_say_in_the_refusal_that_a_newer_torrent_took_the_place()
    {
        var old = await SampleTorrent.CreateAsync("Old");
        var newer = await SampleTorrent.CreateAsync("Newer");
        await CatalogAsync(catalog => catalog.PublishAsync(old, new CatalogDetails()));
        await CatalogAsync(catalog => catalog.PublishAsync(newer, new CatalogDetails()));
        using var client = Site.CreateClient();

        Assert.True(await CatalogAsync(catalog => catalog.SupersedeAsync(old.TrackerHashes[0], newer.TrackerHashes[0])));

        Assert.Contains(newer.TrackerHashes[0].ToString(), await client.AnnounceRefusedAsync(Announcer.Path(old.TrackerHashes[0].Announced(), 1001)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_change_what_is_told_of_a_torrent_and_not_its_hash()
    {
        var torrent = await SampleTorrent.CreateAsync("Before");
        var hash = torrent.TrackerHashes[0];
        var before = await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails()));

        Assert.True(await CatalogAsync(catalog => catalog.UpdateAsync(hash, new CatalogDetails { Title = "After", IsListed = false })));

        var after = await CatalogAsync(catalog => catalog.FindAsync(hash));
        Assert.Equal(before! with { Title = "After", IsListed = false }, after);
        using var client = Site.CreateClient();
        Assert.DoesNotContain("After", await client.GetStringAsync("torrents"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_find_a_hybrid_by_either_hash_and_take_announces_for_both()
    {
        var torrent = await SampleTorrent.CreateAsync("Hybrid", new TorrentOptions { Version = MetainfoVersion.Hybrid });
        await CatalogAsync(catalog => catalog.PublishAsync(torrent, new CatalogDetails()));
        using var client = Site.CreateClient();

        var found = await CatalogAsync(catalog => catalog.FindAsync(torrent.TrackerHashes[1]));

        Assert.Equal(torrent.TrackerHashes[0], found!.InfoHash);
        await client.AnnounceAsync(torrent.TrackerHashes[0].Announced(), 1001, left: 0);
        Assert.Equal((1, 1), await client.AnnounceAsync(torrent.TrackerHashes[1].Announced(), 1002));
    }

    [Fact]
    public async Task Should_remove_the_bytes_with_the_item_unless_somebody_else_holds_them()
    {
        var mine = await SampleTorrent.CreateAsync("Mine");
        var shared = await SampleTorrent.CreateAsync("Shared");
        await CatalogAsync(catalog => catalog.PublishAsync(mine, new CatalogDetails()));
        await CatalogAsync(catalog => catalog.PublishAsync(shared, new CatalogDetails()));
        await StoreAsync(async store =>
        {
            await store.SaveAsync(shared, "Somebody else");
            return true;
        });

        Assert.True(await CatalogAsync(catalog => catalog.RemoveAsync(mine.TrackerHashes[0])));
        Assert.True(await CatalogAsync(catalog => catalog.RemoveAsync(shared.TrackerHashes[0])));

        Assert.Null(await CatalogAsync(catalog => catalog.FindAsync(mine.TrackerHashes[0])));
        Assert.Null(await StoreAsync(store => store.FindAsync(mine.TrackerHashes[0])));
        Assert.Equal(shared.Bytes.ToArray(), (await StoreAsync(store => store.FindAsync(shared.TrackerHashes[0])))!.Bytes.ToArray());
        Assert.True(await StoreAsync(store => store.ReleaseAsync(shared.TrackerHashes[0], "Somebody else")));
        Assert.Null(await StoreAsync(store => store.FindAsync(shared.TrackerHashes[0])));
    }

    [Fact]
    public async Task Should_keep_neither_item_nor_bytes_nor_registration_when_the_request_fails()
    {
        var torrent = await SampleTorrent.CreateAsync("Undone");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Site.InTenantAsync(async services =>
        {
            await services.GetRequiredService<ITorrentCatalog>().PublishAsync(torrent, new CatalogDetails());
            throw new InvalidOperationException();
        }));

        Assert.Null(await CatalogAsync(catalog => catalog.FindAsync(torrent.TrackerHashes[0])));
        Assert.Null(await StoreAsync(store => store.FindAsync(torrent.TrackerHashes[0])));
    }

    [Fact]
    public async Task Should_know_all_torrents_again_after_a_restart()
    {
        var published = await SampleTorrent.CreateAsync("Published");
        var draft = await SampleTorrent.CreateAsync("Draft");
        var site = await TestSite.StartAsync();
        await site.InTenantAsync(async services =>
        {
            var catalog = services.GetRequiredService<ITorrentCatalog>();
            await catalog.PublishAsync(published, new CatalogDetails());
            await catalog.PublishAsync(draft, new CatalogDetails());
            await catalog.UnpublishAsync(draft.TrackerHashes[0]);
        });
        var folder = await site.StopAsync();
        await using var again = await TestSite.StartAsync(new SiteOptions { Folder = folder });
        using var client = again.CreateClient();

        await client.AnnounceAsync(published.TrackerHashes[0].Announced(), 1001);
        await client.AnnounceRefusedAsync(Announcer.Path(draft.TrackerHashes[0].Announced(), 1001));
    }

    private Task<T> CatalogAsync<T>(Func<ITorrentCatalog, Task<T>> work) =>
        Site.InTenantAsync(services => work(services.GetRequiredService<ITorrentCatalog>()));

    private Task<T> StoreAsync<T>(Func<ITorrentStore, Task<T>> work) =>
        Site.InTenantAsync(services => work(services.GetRequiredService<ITorrentStore>()));
}
