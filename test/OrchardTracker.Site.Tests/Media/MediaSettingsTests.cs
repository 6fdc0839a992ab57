using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Deployment;
using OrchardCore.Recipes.Models;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Entries;
using OrchardTracker.MediaTorrent.Settings;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>The settings and rules, by their page, by recipe and by deployment.</summary>
public sealed class MediaSettingsTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private const string Page = "Admin/Settings/mediatorrents";

    private TestSite Site => fixture.Site;

    [Fact]
    public async Task Should_add_a_rule_on_the_page_and_go_by_it()
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var form = await PageForm.ReadAsync(admin, Page);
        var rule = form.LastIndexOf("Rules[{0}].Folder");
        form.Set($"Rules[{rule}].Folder", "kept").Set($"Rules[{rule}].Names", "*.iso, *.img").Set($"Rules[{rule}].Choices.Version", "Hybrid")
            .Set($"Rules[{rule}].Choices.PieceKiB", "64").Set($"Rules[{rule}].IsOn", "true").Set($"Rules[{rule}].Choices.IsTorrentOnly", "true")
            .Set($"Rules[{rule}].Choices.IsPrivate", "true");

        using var saved = await form.SendAsync();

        Assert.True(saved.StatusCode == HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        await Site.WriteAsync("kept/disk.iso", RandomNumberGenerator.GetBytes(200_000));
        await Site.WriteAsync("kept/notes.txt", RandomNumberGenerator.GetBytes(2_000));
        var disk = await Site.WaitForTorrentAsync("kept/disk.iso");
        var notes = await Site.WaitForTorrentAsync("kept/notes.txt");
        var torrent = await Site.FindTorrentAsync(disk);
        Assert.Equal((MetainfoVersion.Hybrid, 65_536, true), (torrent.Version, torrent.PieceLength, torrent.IsPrivate));
        Assert.True(await Site.IsHiddenAsync("kept/disk.iso"));
        Assert.False(await Site.IsHiddenAsync("kept/notes.txt"));
        Assert.Equal(MetainfoVersion.V1, (await Site.FindTorrentAsync(notes)).Version);
    }

    [Theory]
    [InlineData("SeederPort", "70000", "from 0 to 65535")]
    [InlineData("SeederSlots", "0", "from 1 to")]
    [InlineData("WebSeedKiB", "-1", "from 0 to")]
    [InlineData("SeederConnections", "many", "is not valid")]
    public async Task Should_refuse_what_cannot_be_and_say_why(string field, string value, string message)
    {
        using var admin = await Site.SignInAsync(TestSite.AdminName);
        var before = (await PageForm.ReadAsync(admin, Page)).Get(field);

        using var refused = await (await PageForm.ReadAsync(admin, Page)).Set(field, value).SendAsync();

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains(message, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, (await PageForm.ReadAsync(admin, Page)).Get(field));
    }

    [Fact]
    public async Task Should_hide_what_is_there_when_a_rule_says_so_and_show_it_when_the_rule_is_gone()
    {
        await using var site = await TestSite.StartAsync();
        await site.WriteAsync("turn/a.bin", RandomNumberGenerator.GetBytes(5_000));
        var before = await site.WaitForTorrentAsync("turn/a.bin");

        await site.SetAsync(settings => settings.Rules.Add(new MediaRule { Folder = "turn", Choices = new MediaChoices { IsTorrentOnly = true } }));
        await MediaSteps.EventuallyAsync(() => site.IsHiddenAsync("turn/a.bin"), () => $"{site.Log}");
        await site.SetAsync(settings => settings.Rules.Clear());
        await MediaSteps.EventuallyAsync(async () => !await site.IsHiddenAsync("turn/a.bin"), () => $"{site.Log}");

        using var visitor = site.CreateClient();
        using var response = await visitor.GetAsync("media/turn/a.bin");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before.InfoHash, (await site.WaitForTorrentAsync("turn/a.bin")).InfoHash);
    }

    [Fact]
    public async Task Should_make_no_torrent_where_that_is_switched_off()
    {
        await using var site = await TestSite.StartAsync();
        await site.SetAsync(settings => settings.Rules.Add(new MediaRule { Folder = "none", Choices = new MediaChoices { Make = false } }));

        await site.WriteAsync("none/a.bin", RandomNumberGenerator.GetBytes(5_000));
        await site.WriteAsync("some.bin", RandomNumberGenerator.GetBytes(5_000));

        await site.WaitForTorrentAsync("some.bin");
        Assert.Null(await site.FindEntryAsync("none/a.bin"));
    }

    [Fact]
    public async Task Should_make_one_torrent_of_a_folder_and_a_new_one_when_it_changes()
    {
        await Site.SetAsync(settings => settings.Rules.Insert(0, new MediaRule { Folder = "sets/*", Choices = new MediaChoices { Scope = MediaScope.Folder } }));
        await Site.WriteAsync("sets/one/a.bin", RandomNumberGenerator.GetBytes(5_000));
        await Site.WriteAsync("sets/one/b/c.bin", RandomNumberGenerator.GetBytes(6_000));
        var first = await Site.WaitForEntryAsync("sets/one", entry => entry is { State: MediaEntryState.Ready, Length: 11_000 });

        await Site.WriteAsync("sets/one/d.bin", RandomNumberGenerator.GetBytes(1_000));
        var second = await Site.WaitForEntryAsync("sets/one", entry => entry is { State: MediaEntryState.Ready, Length: 12_000 });

        Assert.True(first!.IsFolder);
        Assert.Equal(first.InfoHash, second!.Former.Last().InfoHash);
        Assert.Equal(["a.bin", "b/c.bin", "d.bin"], (await Site.FindTorrentAsync(second)).Files.Select(file => file.FullPath));
        Assert.Null(await Site.FindEntryAsync("sets/one/a.bin"));
    }

    [Fact]
    public async Task Should_take_settings_from_a_recipe_whatever_is_in_them()
    {
        await using var site = await TestSite.StartAsync();
        await site.RunStepAsync("""
            {
              "name": "Settings",
              "MediaTorrentSettings": {
                "SeederPort": 0, "SeederSlots": -7, "SeederRate": -1, "SeederAddresses": null,
                "Rules": [ null, { "Folder": null }, { "Folder": "recipe", "Choices": { "IsTorrentOnly": true, "Version": "Hybrid" } } ]
              }
            }
            """);

        await site.WriteAsync("recipe/a.bin", RandomNumberGenerator.GetBytes(5_000));

        var entry = await site.WaitForTorrentAsync("recipe/a.bin");
        Assert.NotNull(entry.InfoHashV2);
        Assert.True(await site.IsHiddenAsync("recipe/a.bin"));
    }

    [Fact]
    public async Task Should_go_on_by_the_former_settings_when_new_ones_cannot_be_read()
    {
        await using var site = await TestSite.StartAsync();
        await site.RunStepAsync("""{ "name": "Settings", "MediaTorrentSettings": { "Rules": "all", "SeederPort": [] } }""");

        await site.WriteAsync("a.bin", RandomNumberGenerator.GetBytes(5_000));

        await site.WaitForTorrentAsync("a.bin");
        Assert.Contains(site.Log.Lines, line => line.Contains("settings of media torrents cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_export_its_settings_and_take_them_back()
    {
        await Site.SetAsync(settings => settings.WebSeedDays = 3);
        var step = await Site.InTenantAsync(async services =>
        {
            var result = new DeploymentPlanResult(null!, new RecipeDescriptor());
            var factory = services.GetServices<IDeploymentStepFactory>().Single(factory => factory.Name.Contains(nameof(MediaTorrentSettings), StringComparison.Ordinal));
            foreach (var source in services.GetServices<IDeploymentSource>())
            {
                await source.ProcessDeploymentStepAsync(factory.Create(), result);
            }

            return Assert.Single(result.Steps);
        });
        Assert.Equal(3, step[nameof(MediaTorrentSettings)]!["WebSeedDays"]!.GetValue<int>());

        step[nameof(MediaTorrentSettings)]!["WebSeedDays"] = 5;
        await Site.RunStepAsync(step.ToJsonString());

        using var admin = await Site.SignInAsync(TestSite.AdminName);
        Assert.Equal("5", (await PageForm.ReadAsync(admin, Page)).Get("WebSeedDays"));
    }

    [Fact]
    public async Task Should_open_to_who_manages_the_settings_only()
    {
        await Site.AddUserAsync("media-editor", "Editor");
        using var editor = await Site.SignInAsync("media-editor");

        using var list = await editor.GetAsync("Admin/MediaTorrents");
        using var settings = await editor.GetAsync(Page);

        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, settings.StatusCode);
    }
}
