using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.FileStorage;
using OrchardCore.Liquid;
using OrchardCore.Media;
using OrchardTracker.BitTorrent;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Attempts to get a hidden original. Each must fail, and would have worked while it was public.</summary>
public sealed class HiddenOriginalTests(HiddenSite hidden) : IClassFixture<HiddenSite>
{
    private TestSite Site => hidden.Site;

    [Theory]
    [InlineData("GET", "/media/hidden/secret.png")]
    [InlineData("HEAD", "/media/hidden/secret.png")]
    [InlineData("POST", "/media/hidden/secret.png", "Content-Length: 0")]
    [InlineData("OPTIONS", "/media/hidden/secret.png")]
    [InlineData("PROPFIND", "/media/hidden/secret.png")]
    [InlineData("GET", "/MEDIA/HIDDEN/SECRET.PNG")]
    [InlineData("GET", "/Media/hidden/secret.png")]
    [InlineData("GET", "/media//hidden/secret.png")]
    [InlineData("GET", "//media/hidden/secret.png")]
    [InlineData("GET", "/media/hidden//secret.png")]
    [InlineData("GET", "/media/./hidden/./secret.png")]
    [InlineData("GET", "/media/x/../hidden/secret.png")]
    [InlineData("GET", "/x/../media/hidden/secret.png")]
    [InlineData("GET", "/media/%2e%2e/media/hidden/secret.png")]
    [InlineData("GET", "/media/x/%2e%2e/hidden/secret.png")]
    [InlineData("GET", "/media/%68idden/secret%2Epng")]
    [InlineData("GET", "/media/hidden%2Fsecret.png")]
    [InlineData("GET", "/media/hidden%252Fsecret.png")]
    [InlineData("GET", "/media/hidden%5Csecret.png")]
    [InlineData("GET", "/media/hidden\\secret.png")]
    [InlineData("GET", "/media/hidden/secret.png%00")]
    [InlineData("GET", "/media/hidden/secret.png%00.txt")]
    [InlineData("GET", "/media/hidden/secret.png%20")]
    [InlineData("GET", "/media/hidden/secret.png.")]
    [InlineData("GET", "/media/hidden/secret.png/")]
    [InlineData("GET", "/media/hidden/secret.png;x=1")]
    [InlineData("GET", "/media/hidden/secret.png::$DATA")]
    [InlineData("GET", "/media/hidden/secret.png#x")]
    [InlineData("GET", "/media/hidden/secret.png?width=50")]
    [InlineData("GET", "/media/hidden/secret.png?width=50&height=50&rmode=crop")]
    [InlineData("GET", "/media/hidden/secret.png?format=webp&quality=100")]
    [InlineData("GET", "/media//hidden/secret.png?width=50")]
    [InlineData("GET", "/media/hidden/secret.png?width=50&token=forged")]
    [InlineData("GET", "/media/hidden/secret.png?v=1")]
    [InlineData("GET", "/media/hidden/secret.png", "Range: bytes=0-100")]
    [InlineData("GET", "/media/hidden/secret.png", "Range: bytes=-1")]
    [InlineData("GET", "/media/hidden/secret.png", "If-None-Match: *")]
    [InlineData("GET", "/media/hidden/secret.png", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("GET", "/media/hidden/secret.png", "Authorization: Bearer admin")]
    [InlineData("GET", "/media/hidden/secret.png", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("GET", "/", "X-Original-URL: /media/hidden/secret.png")]
    [InlineData("GET", "/", "X-Rewrite-URL: /media/hidden/secret.png")]
    [InlineData("GET", "/secret.png", "X-Forwarded-Prefix: /media/hidden")]
    [InlineData("GET", "/Default/ms-cache/hidden/secret.png")]
    [InlineData("GET", "/ms-cache/hidden/secret.png")]
    [InlineData("GET", "/App_Data/Sites/Default/Media/hidden/secret.png")]
    [InlineData("GET", "/App_Data/Sites/Default/OrchardTracker/Originals/hidden/secret.png")]
    [InlineData("GET", "/media/../OrchardTracker/Originals/hidden/secret.png")]
    [InlineData("GET", "/media/%2e%2e/OrchardTracker/Originals/hidden/secret.png")]
    [InlineData("GET", "/media/..%2fOrchardTracker%2fOriginals%2fhidden%2fsecret.png")]
    [InlineData("GET", "/media/OrchardTracker/Originals/hidden/secret.png")]
    [InlineData("GET", "/Admin/Media/GetMediaItem?path=hidden/secret.png")]
    [InlineData("GET", "/Admin/Media/GetMediaItems?path=hidden")]
    [InlineData("GET", "/Admin/Media/GetFolders?path=hidden")]
    [InlineData("GET", "/api/media/hidden/secret.png")]
    public async Task Should_not_give_it_to_a_visitor(string method, string target, string? header = null)
    {
        var answer = await RawRequest.SendAsync(Site.Url, method, target, header is null ? [] : [header]);

        AssertKept(answer, target);
    }

    [Theory]
    [InlineData("media/hidden/secret.png")]
    [InlineData("media/hidden/secret.png?width=50")]
    [InlineData("Admin/Media/GetMediaItem?path=hidden/secret.png")]
    [InlineData("Admin/Media/GetMediaItems?path=hidden")]
    public async Task Should_not_give_it_to_a_user_who_may_not_manage_it(string url)
    {
        using var user = await Site.SignInAsync(HiddenSite.UserName);

        using var response = await user.GetAsync(url);

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        AssertKept(await response.Content.ReadAsByteArrayAsync(), url);
    }

    [Fact]
    public async Task Should_not_give_it_by_a_signed_address_of_a_smaller_copy()
    {
        using var visitor = Site.CreateClient();

        using var response = await visitor.GetAsync(hidden.SignedUrl);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Should_not_have_left_smaller_copies_in_the_cache()
    {
        using var visitor = Site.CreateClient();
        var pictures = hidden.Cached.Where(file => file.Contains("is-cache", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(pictures);

        foreach (var picture in pictures)
        {
            using var response = await visitor.GetAsync(picture);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Should_not_give_it_at_the_admin_route_of_originals()
    {
        var url = $"Admin/MediaTorrents/{hidden.Entry.EntryId}/Original";
        using var visitor = Site.CreateClient();
        using var user = await Site.SignInAsync(HiddenSite.UserName);

        using var forVisitor = await visitor.GetAsync(url);
        using var forUser = await user.GetAsync(url);

        Assert.NotEqual(HttpStatusCode.OK, forVisitor.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, forUser.StatusCode);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("forged-ticket")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Should_not_give_it_by_web_seed(string ticket)
    {
        using var visitor = Site.CreateClient();

        using var response = await visitor.GetAsync($"media-torrents/seed/{hidden.Entry.InfoHash}/{ticket}/secret.png");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Should_not_name_it_as_a_web_seed()
    {
        using var visitor = Site.CreateClient();

        var torrent = Metainfo.Parse(await visitor.GetByteArrayAsync("media/hidden/secret.png?torrent"));

        Assert.Empty(torrent.WebSeeds);
        Assert.Equal(hidden.Bytes.Length, torrent.TotalLength);
    }

    [Fact]
    public async Task Should_not_list_it_in_graphql()
    {
        await Site.WriteAsync("hidden/open.png", hidden.Bytes);
        using var visitor = Site.CreateClient();

        using var response = await visitor.PostAsync("api/graphql", new StringContent("{ mediaAssets(path: \"hidden\") { name path } }", Encoding.UTF8, "application/graphql"));

        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains("open.png", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret.png", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_not_give_it_where_content_shows_it()
    {
        var html = await Site.InTenantAsync(services => services.GetRequiredService<ILiquidTemplateManager>().RenderStringAsync(
            "{{ 'hidden/secret.png' | asset_url | resize_url: width: 50 | img_tag }}", System.Text.Encodings.Web.HtmlEncoder.Default));
        var url = WebUtility.HtmlDecode(html.Split("src=\"")[1].Split('"')[0]);
        using var visitor = Site.CreateClient();

        using var response = await visitor.GetAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public Task Should_not_give_it_to_code_that_reads_the_store_for_a_visitor() => Site.InStoreAsync(async files =>
    {
        Assert.Null(await files.GetFileInfoAsync("hidden/secret.png"));
        await Assert.ThrowsAsync<FileStoreException>(() => files.GetFileStreamAsync("hidden/secret.png"));
        await foreach (var file in files.GetDirectoryContentAsync("", includeSubDirectories: true))
        {
            Assert.NotEqual("hidden/secret.png", file.Path);
        }
    });

    [Fact]
    public async Task Should_not_come_out_of_hiding_by_a_copy_or_a_move()
    {
        await Site.InBackgroundAsync(services => services.GetRequiredService<IMediaFileStore>().CopyFileAsync("hidden/secret.png", "copied.png"));
        await Site.WaitForTorrentAsync("copied.png");
        await Site.InBackgroundAsync(services => services.GetRequiredService<IMediaFileStore>().MoveFileAsync("copied.png", "moved.png"));
        await Site.WaitForTorrentAsync("moved.png");
        using var visitor = Site.CreateClient();

        foreach (var name in (string[])["copied.png", "moved.png", "moved.png?width=50"])
        {
            using var response = await visitor.GetAsync("media/" + name);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Should_give_it_to_an_editor_and_let_nobody_keep_a_copy_on_the_way()
    {
        using var editor = await Site.SignInAsync(TestSite.AdminName);

        foreach (var url in (string[])["media/hidden/secret.png", $"Admin/MediaTorrents/{hidden.Entry.EntryId}/Original"])
        {
            using var response = await editor.GetAsync(url);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true });
            Assert.Equal(hidden.Bytes, await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Contains("secret.png", await editor.GetStringAsync("Admin/Media/GetMediaItems?path=hidden"), StringComparison.Ordinal);
    }

    private void AssertKept(byte[] answer, string target)
    {
        Assert.True(answer.AsSpan().IndexOf(hidden.Mark) < 0, $"{target} gives the original.");
        Assert.True(answer.AsSpan().IndexOf("PNG\r\n"u8) < 0, $"{target} gives a picture.");
        Assert.True(answer.AsSpan().IndexOf("Content-Type: image/"u8) < 0, $"{target} gives a picture.");
        Assert.True(answer.AsSpan().IndexOf("image/png"u8) < 0, $"{target} tells of the picture: {Encoding.Latin1.GetString(answer)}");
    }
}
