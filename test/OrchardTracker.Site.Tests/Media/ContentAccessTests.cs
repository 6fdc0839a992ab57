using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.MediaTorrent.ViewModels;
using OrchardTracker.Site.Tests.Hosting;
using OrchardTracker.Site.Tests.Torrents;
using OrchardTracker.Site.Tests.Tracker;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Torrents follow the content their files belong to, whatever changes and in whichever order.</summary>
public sealed class ContentAccessTests
{
    [Fact]
    public async Task Should_make_a_private_torrent_of_a_file_that_is_restricted_while_it_is_hashed()
    {
        var faults = new StoreFaults { Gate = new TaskCompletionSource() };
        await using var site = await TestSite.StartAsync(RemoteMedia.Options(faults));
        await site.DefineReleaseAsync();
        await site.WriteAsync("raced.bin", RandomNumberGenerator.GetBytes(5_000));
        await MediaSteps.EventuallyAsync(() => Task.FromResult(faults.Opened.ContainsKey("raced.bin")), () => $"It is not being hashed.\n{site.Log}");

        await site.AddReleaseAsync("Draft", isPublished: false, "raced.bin");
        faults.Gate!.SetResult();

        var entry = await site.WaitForEntryAsync("raced.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        Assert.True((await site.FindTorrentAsync(entry!)).IsPrivate);
    }

    [Fact]
    public async Task Should_give_the_torrent_of_a_folder_to_those_alone_who_may_see_every_file_in_it()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        await site.ShowContentToMembersAloneAsync();
        await site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "album", Folder = "albums/*", Choices = new MediaChoices { Scope = MediaScope.Folder, IsPublished = false } }]);
        await site.WriteAsync("albums/one/free.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.WriteAsync("albums/one/members.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.WaitForEntryAsync("albums/one", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false });

        var item = await site.AddReleaseAsync("For members", isPublished: true, "albums/one/members.bin");

        var entry = await site.WaitForEntryAsync("albums/one", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        using var visitor = site.CreateClient();
        foreach (var url in (string[])["media/albums/one/members.bin?torrent", "media/albums/one/free.bin?torrent", $"media-torrents/{entry!.EntryId}.torrent", $"media-torrents/seed/{entry.InfoHash}/-/one/members.bin"])
        {
            using var refused = await visitor.GetAsync(url);
            Assert.Equal((url, HttpStatusCode.NotFound), (url, refused.StatusCode));
        }

        using var member = await site.SignInAsync("member");
        Assert.True(Metainfo.Parse(await member.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent")).IsPrivate);
        await site.ChangeItemAsync(item, (contents, release) => contents.RemoveAsync(release));
        await site.WaitForEntryAsync("albums/one", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false, IsPrivate: false });
    }

    [Theory]
    [InlineData("films/secure.bin", "films/secure.bin")]
    [InlineData("albums/secure/1.bin", "albums/secure")]
    public async Task Should_take_what_secure_media_restricts_out_of_the_catalogue_when_that_is_switched_on(string file, string path)
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.Rules = [new MediaRule { Id = "album", Folder = "albums/*", Choices = new MediaChoices { Scope = MediaScope.Folder } }]);
        await site.WriteAsync(file, RandomNumberGenerator.GetBytes(5_000));
        var open = await site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready, IsInCatalog: true, IsRestricted: false });

        await site.EnableFeaturesAsync("OrchardCore.Media.Security");
        foreach (var role in (string[])["Anonymous", "Authenticated"])
        {
            await site.TryRevokeAsync(role, "ViewMediaContent");
        }

        var entry = await site.WaitForEntryAsync(path, entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true, IsInCatalog: false });
        await AssertNotInCatalogAsync(site, open!);
        await AssertNotInCatalogAsync(site, entry!);
        using var visitor = site.CreateClient();
        using var refused = await visitor.GetAsync($"media/{file}?torrent");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Should_look_again_when_secure_media_is_switched_on_and_nothing_else_changes()
    {
        await using var site = await TestSite.StartAsync();
        await site.WriteAsync("_Users/somebody/own.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.WaitForEntryAsync("_Users/somebody/own.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false });

        await site.EnableFeaturesAsync("OrchardCore.Media.Security");
        using var visitor = site.CreateClient();
        await visitor.GetStringAsync("");

        await site.WaitForEntryAsync("_Users/somebody/own.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
    }

    [Fact]
    public async Task Should_go_on_tracking_a_torrent_that_leaves_the_catalogue()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        await site.ShowContentToMembersAloneAsync();
        await site.WriteAsync("leaving.bin", RandomNumberGenerator.GetBytes(5_000));
        var entry = await site.WaitForEntryAsync("leaving.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true, IsInCatalog: true });

        await site.AddReleaseAsync("For members", isPublished: true, "leaving.bin");
        await site.WaitForEntryAsync("leaving.bin", entry => entry is { State: MediaEntryState.Ready, IsInCatalog: false });

        using var client = site.CreateClient();
        await MediaSteps.EventuallyAsync(
            async () => !(await client.GetStringAsync(Announcer.Path(entry!.GetHashes()[0].Announced(), 1001))).Contains("failure reason", StringComparison.Ordinal),
            () => $"It is refused.\n{site.Log}");
    }

    [Fact]
    public async Task Should_look_again_at_files_that_an_item_had_and_has_no_more()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        await site.ShowContentToMembersAloneAsync();
        await site.SetAsync(settings => settings.Choices = settings.Choices with { IsPublished = false });
        foreach (var name in (string[])["taken.bin", "removed.bin"])
        {
            await site.WriteAsync(name, RandomNumberGenerator.GetBytes(5_000));
        }

        var item = await site.AddReleaseAsync("For members", isPublished: true, "taken.bin", "removed.bin");
        foreach (var name in (string[])["taken.bin", "removed.bin"])
        {
            await site.WaitForEntryAsync(name, entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        }

        await site.InBackgroundAsync(async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var draft = (await contents.GetAsync(item, VersionOptions.DraftRequired))!;
            ((JsonObject)draft.Content)[ContentSteps.Type]!["Files"]!["Paths"] = new JsonArray("removed.bin");
            await contents.UpdateAsync(draft);
            await contents.PublishAsync(draft);
        });
        await site.WaitForEntryAsync("taken.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false, IsPrivate: false });

        await site.ChangeItemAsync(item, (contents, release) => contents.RemoveAsync(release));
        await site.WaitForEntryAsync("removed.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false, IsPrivate: false });
    }

    [Fact]
    public async Task Should_keep_a_hidden_original_from_visitors_whose_item_is_gone_until_somebody_decides()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync();
        await site.ShowContentToMembersAloneAsync();
        await site.SetAsync(settings => settings.Choices = settings.Choices with { IsPublished = false });
        await site.WriteAsync("orphan.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.WaitForTorrentAsync("orphan.bin");
        var item = await site.AddReleaseAsync("For members", isPublished: true, "orphan.bin");
        await site.WaitForEntryAsync("orphan.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
        await site.HideAsync("orphan.bin");

        await site.ChangeItemAsync(item, (contents, release) => contents.RemoveAsync(release));
        await site.InBackgroundAsync(services => services.GetRequiredService<OrchardCore.Media.IMediaFileStore>().MoveFileAsync("orphan.bin", "moved.bin"));
        var entry = await site.WaitForEntryAsync("moved.bin", entry => entry is { State: MediaEntryState.Ready });

        using var visitor = site.CreateClient();
        using (var refused = await visitor.GetAsync($"media-torrents/{entry!.EntryId}.torrent"))
        {
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        Assert.True(entry.IsRestricted);
        await site.ActAsync("moved.bin", MediaTorrentBulkAction.List);
        await site.WaitForEntryAsync("moved.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false, IsPrivate: false });
        await visitor.GetByteArrayAsync($"media-torrents/{entry.EntryId}.torrent");
    }

    [Fact]
    public async Task Should_find_the_items_of_files_when_a_field_has_come_to_offer_them()
    {
        await using var site = await TestSite.StartAsync();
        await site.DefineReleaseAsync(offersTorrents: false);
        await site.WriteAsync("late.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.AddReleaseAsync("Draft", isPublished: false, "late.bin");
        await site.WaitForEntryAsync("late.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: false });

        await site.DefineReleaseAsync();
        await site.SweepAsync();

        await site.WaitForEntryAsync("late.bin", entry => entry is { State: MediaEntryState.Ready, IsRestricted: true, IsPrivate: true });
    }

    private static Task AssertNotInCatalogAsync(TestSite site, MediaEntry entry) => site.InBackgroundAsync(async services =>
        Assert.False(await services.GetRequiredService<ITorrentCatalog>().FindAsync(entry.GetHashes()[0]) is { IsPublished: true }));
}
