using System.Collections.Concurrent;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing.Tests.Folders;

public sealed class FolderPublisherTests : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _state = new();
    private readonly ConcurrentQueue<FolderNotice> _notices = new();

    public void Dispose()
    {
        _folder.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Should_publish_every_file_and_every_top_level_folder()
    {
        _folder.Write("film.mkv", 100_000);
        _folder.Write("album/1 - 歌.flac", 50_000);
        _folder.Write("album/scans/عربي #1 100%.png", 20_000);
        _folder.Write("album/empty.txt", 0);
        await using var publisher = await StartAsync();

        await HasAsync(publisher, "album", "film.mkv");

        var film = Find(publisher, "film.mkv");
        var album = Find(publisher, "album");
        Assert.True(film.Metainfo.IsSingleFile);
        Assert.Equal(["1 - 歌.flac", "empty.txt", "scans/عربي #1 100%.png"], album.Metainfo.Files.Select(file => file.FullPath));
        Assert.Equal((await TorrentCreator.CreateFromFileAsync(_folder["film.mkv"])).InfoHashV1, film.Metainfo.InfoHashV1);
        Assert.Equal((await TorrentCreator.CreateFromFolderAsync(_folder["album"])).InfoHashV1, album.Metainfo.InfoHashV1);
        Assert.Same(film, publisher.Find(film.InfoHash));
    }

    [Fact]
    public async Task Should_tell_of_a_torrent_before_the_list_does()
    {
        var listed = new ConcurrentQueue<string>();
        await using var publisher = Make();
        publisher.Published += torrent => listed.Enqueue($"came: {publisher.Torrents.Count}, {publisher.Find(torrent.InfoHash)?.Name}");
        publisher.Withdrawn += torrent => listed.Enqueue($"went: {publisher.Torrents.Count}, {publisher.Find(torrent.InfoHash)?.Name}");
        await publisher.StartAsync();
        _folder.Write("film.mkv", 1000);
        await HasAsync(publisher, "film.mkv");
        File.Delete(_folder["film.mkv"]);
        await HasAsync(publisher);

        Assert.Equal(["came: 0, ", "went: 1, film.mkv"], listed);
    }

    [Fact]
    public async Task Should_find_a_files_bytes_by_its_path_in_the_torrent_and_nothing_else()
    {
        _folder.Write("secret.txt", 10);
        _folder.Write("album/b/c.txt", 10);
        await using var publisher = await StartAsync();
        await HasAsync(publisher, "album", "secret.txt");
        var album = Find(publisher, "album");

        var found = album.FindFile("album/b/c.txt");
        Assert.NotNull(found);
        Assert.Equal(_folder["album/b/c.txt"], found.FullPath);
        Assert.True(found.IsUnchanged());
        Assert.All(
            ["", "/", "album", "album/b", "album/../secret.txt", "album/b/../b/c.txt", "album//b/c.txt", "/album/b/c.txt", "ALBUM/b/c.txt", "secret.txt", "album/b/c.txt/", "album\\b\\c.txt"],
            path => Assert.Null(album.FindFile(path)));
    }

    [Fact]
    public async Task Should_publish_what_comes_later()
    {
        await using var publisher = await StartAsync();
        _folder.Write("late.bin", 1000);
        await HasAsync(publisher, "late.bin");

        _folder.Write("later/a.bin", 1000);
        await HasAsync(publisher, "late.bin", "later");
    }

    [Fact]
    public async Task Should_see_changes_without_the_systems_help()
    {
        await using var publisher = await StartAsync(options => options with { Watches = false, Rescan = TimeSpan.FromMilliseconds(200) });
        _folder.Write("late.bin", 1000);
        await HasAsync(publisher, "late.bin");
    }

    [Fact]
    public async Task Should_wait_for_a_file_until_it_rests()
    {
        var clock = new StillClock();
        _folder.Write("half.bin", 1000);
        _folder.Write("witness.bin", 1000);
        await using var publisher = Make(time: clock);
        await publisher.StartAsync();

        // Both were seen at the start. Only the witness is the same when the time has come, whenever the folder is looked at
        // meanwhile.
        clock.Advance(Settle / 2);
        _folder.Write("half.bin", 2000);
        clock.Advance(Settle / 2);
        await HasAsync(publisher, "witness.bin");
        Assert.Null(publisher.Queue.Find("half.bin"));

        clock.Advance(Settle);
        await HasAsync(publisher, "half.bin", "witness.bin");
        Assert.Equal(2000, Find(publisher, "half.bin").Metainfo.TotalLength);
    }

    [Fact]
    public async Task Should_wait_for_a_folder_while_an_unfinished_file_in_it_grows()
    {
        var clock = new StillClock();
        _folder.Write("album/1.flac", 1000);
        _folder.Write("album/.2.flac.Xy12", 1000);
        _folder.Write("witness.bin", 1000);
        await using var publisher = Make(time: clock);
        await publisher.StartAsync();

        clock.Advance(Settle / 2);
        _folder.Write("album/.2.flac.Xy12", 2000);
        clock.Advance(Settle / 2);
        await HasAsync(publisher, "witness.bin");
        Assert.Null(publisher.Queue.Find("album"));

        clock.Advance(Settle);
        await HasAsync(publisher, "album", "witness.bin");
        Assert.Equal(["1.flac"], Find(publisher, "album").Metainfo.Files.Select(file => file.FullPath));
    }

    [Fact]
    public async Task Should_wait_while_a_client_says_that_it_still_downloads_the_file()
    {
        _folder.Write("image.iso", 1000);
        _folder.Write("image.iso.aria2", 10);
        _folder.Write("whole.iso", 1000);
        await using var publisher = await StartAsync();
        await HasAsync(publisher, "whole.iso");

        File.Delete(_folder["image.iso.aria2"]);
        await HasAsync(publisher, "image.iso", "whole.iso");
    }

    [Fact]
    public async Task Should_replace_the_torrent_of_a_file_that_changes()
    {
        var withdrawn = new ConcurrentQueue<PublishedTorrent>();
        _folder.Write("film.mkv", 100_000, 1);
        await using var publisher = await StartAsync();
        publisher.Withdrawn += withdrawn.Enqueue;
        await HasAsync(publisher, "film.mkv");
        var old = Find(publisher, "film.mkv");
        var oldFile = old.FindFile("film.mkv")!;

        _folder.Write("film.mkv", 100_001, 2);
        await Eventually.IsTrueAsync(() => publisher.Torrents is [{ Metainfo.TotalLength: 100_001 }], "the new torrent is there");

        Assert.Null(publisher.Find(old.InfoHash));
        Assert.Equal([old], withdrawn);
        Assert.False(oldFile.IsUnchanged());
        Assert.Equal((await TorrentCreator.CreateFromFileAsync(_folder["film.mkv"])).InfoHashV1, Find(publisher, "film.mkv").Metainfo.InfoHashV1);
    }

    [Fact]
    public async Task Should_replace_the_torrent_of_a_folder_that_gets_one_more_file()
    {
        _folder.Write("album/1.flac", 1000);
        await using var publisher = await StartAsync();
        await HasAsync(publisher, "album");

        _folder.Write("album/2.flac", 1000);
        await Eventually.IsTrueAsync(() => publisher.Torrents is [{ Metainfo.Files.Count: 2 }], "the torrent has two files");
    }

    [Fact]
    public async Task Should_withdraw_what_is_deleted()
    {
        _folder.Write("a", 1000);
        _folder.Write("b/c", 1000);
        await using var publisher = await StartAsync();
        await HasAsync(publisher, "a", "b");

        File.Delete(_folder["a"]);
        Directory.Delete(_folder["b"], recursive: true);
        await HasAsync(publisher);
        await Eventually.IsTrueAsync(() => !Directory.EnumerateFileSystemEntries(_state.Path).Any(), "nothing is kept of it");
    }

    [Fact]
    public async Task Should_skip_hidden_temporary_and_empty_ones_and_links()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret/passwords.txt", 100);
        foreach (var name in new[] { ".hidden", "film.part", "film.mkv.crdownload", "~$letter.docx", "backup~", "Thumbs.db", ".git/config", "x.tmp" })
        {
            _folder.Write(name, 100);
        }

        _folder.Write("empty.bin", 0);
        Directory.CreateDirectory(_folder["empty folder"]);
        File.CreateSymbolicLink(_folder["link.txt"], outside["secret/passwords.txt"]);
        Directory.CreateSymbolicLink(_folder["link"], outside["secret"]);
        _folder.Write("album/song.flac", 100);
        _folder.Write("album/.DS_Store", 100);
        File.CreateSymbolicLink(_folder["album/link.txt"], outside["secret/passwords.txt"]);
        Directory.CreateSymbolicLink(_folder["album/link"], outside["secret"]);
        await using var publisher = await StartAsync();

        await HasAsync(publisher, "album");
        Assert.Equal(["song.flac"], Find(publisher, "album").Metainfo.Files.Select(file => file.FullPath));
        Assert.Equal(
            ["empty folder: There is nothing in it.", "empty.bin: There is nothing in it.", "link.txt: It is a symbolic link, and links are not followed.", "link: It is a symbolic link, and links are not followed."],
            _notices.Where(notice => notice.Kind == FolderNoticeKind.Skipped).Select(notice => $"{notice.Name}: {notice.Message}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_not_hash_again_after_a_restart_what_is_unchanged()
    {
        _folder.Write("a.bin", 1000, 1);
        _folder.Write("b.bin", 1000, 2);
        PublishedTorrent before;
        await using (var first = await StartAsync())
        {
            await HasAsync(first, "a.bin", "b.bin");
            before = Find(first, "a.bin");
        }

        _folder.Write("b.bin", 2000, 3);
        var hashed = new ConcurrentQueue<string>();
        await using var second = Make();
        second.Queue.Changed += job => hashed.Enqueue(job.Name);
        await second.StartAsync();

        var after = Find(second, "a.bin");
        Assert.Equal(before.InfoHash, after.InfoHash);
        Assert.Equal(before.PublishedAt, after.PublishedAt);
        await HasAsync(second, "a.bin", "b.bin");
        Assert.Equal(["b.bin"], hashed.Distinct());
    }

    [Fact]
    public async Task Should_hash_again_when_torrents_are_to_be_made_otherwise()
    {
        _folder.Write("a.bin", 1000);
        await using (var first = await StartAsync())
        {
            await HasAsync(first, "a.bin");
        }

        await using var second = await StartAsync(options => options with { Torrents = new TorrentOptions { Version = MetainfoVersion.Hybrid } });
        await Eventually.IsTrueAsync(() => second.Torrents is [{ Metainfo.Version: MetainfoVersion.Hybrid }], "the torrent is a hybrid");
        Assert.Equal(2, Find(second, "a.bin").Metainfo.TrackerHashes.Count);
        Assert.Same(second.Find(Find(second, "a.bin").Metainfo.TrackerHashes[1]), Find(second, "a.bin"));
    }

    [Theory]
    [InlineData("*.torrent")]
    [InlineData("*.json")]
    public async Task Should_hash_again_when_the_state_is_damaged(string pattern)
    {
        _folder.Write("a.bin", 1000);
        await using (var first = await StartAsync())
        {
            await HasAsync(first, "a.bin");
        }

        foreach (var path in Directory.EnumerateFiles(_state.Path, pattern))
        {
            File.WriteAllText(path, "nonsense");
        }

        await using var second = await StartAsync();
        await HasAsync(second, "a.bin");
        Assert.Equal(2, Directory.EnumerateFiles(_state.Path).Count());
    }

    [Fact]
    public async Task Should_say_why_a_name_cannot_be_published_and_go_on_with_the_others()
    {
        _folder.Write("con", 1000);
        _folder.Write("fine.bin", 1000);
        await using var publisher = await StartAsync();

        await HasAsync(publisher, "fine.bin");
        await Eventually.IsTrueAsync(() => publisher.Queue.Find("con")?.Job.State == PublishingState.Failed, "the other one has failed");
        Assert.Equal("The name 'con' is reserved for a device on Windows.", publisher.Queue.Find("con")!.Value.Job.Error!.ToString());
        await HasNoticeAsync(notice => notice is { Kind: FolderNoticeKind.Failed, Name: "con" });
    }

    [Fact]
    public async Task Should_keep_its_torrents_while_the_folder_is_away()
    {
        Directory.CreateDirectory(_folder["mount"]);
        _folder.Write("mount/a.bin", 1000);
        await using var publisher = await StartAsync(options => options with { Folder = _folder["mount"], Rescan = TimeSpan.FromMilliseconds(200) });
        await HasAsync(publisher, "a.bin");
        var torrent = Find(publisher, "a.bin");

        Directory.Move(_folder["mount"], _folder["away"]);
        await Eventually.IsTrueAsync(() => !publisher.IsAvailable, "the folder is missed");
        await HasNoticeAsync(notice => notice.Kind == FolderNoticeKind.FolderUnavailable);
        Assert.Equal([torrent], publisher.Torrents);

        Directory.Move(_folder["away"], _folder["mount"]);
        await Eventually.IsTrueAsync(() => publisher.IsAvailable, "the folder is back");
        Assert.Same(torrent, Find(publisher, "a.bin"));
        _folder.Write("mount/b.bin", 1000);
        await HasAsync(publisher, "a.bin", "b.bin");
    }

    [Fact]
    public async Task Should_work_without_a_state_folder()
    {
        _folder.Write("a.bin", 1000);
        await using var publisher = await StartAsync(options => options with { StateFolder = null });
        await HasAsync(publisher, "a.bin");
    }

    private async Task<FolderPublisher> StartAsync(Func<FolderPublisherOptions, FolderPublisherOptions>? change = null)
    {
        var publisher = Make(change);
        await publisher.StartAsync();
        return publisher;
    }

    private FolderPublisher Make(Func<FolderPublisherOptions, FolderPublisherOptions>? change = null, TimeProvider? time = null)
    {
        var options = new FolderPublisherOptions
        {
            Folder = _folder.Path,
            StateFolder = _state.Path,
            Settle = Settle,
        };
        var publisher = new FolderPublisher(change is null ? options : change(options), time ?? TimeProvider.System);
        publisher.Noticed += _notices.Enqueue;
        return publisher;
    }

    private static PublishedTorrent Find(FolderPublisher publisher, string name) => publisher.Torrents.Single(torrent => torrent.Name == name);

    // What it tells of is to be seen a moment before it tells.
    private Task HasNoticeAsync(Func<FolderNotice, bool> condition) => Eventually.IsTrueAsync(() => _notices.Any(condition), "it is told");

    private static Task HasAsync(FolderPublisher publisher, params string[] names) => Eventually.IsTrueAsync(
        () => publisher.Torrents.Select(torrent => torrent.Name).Order(StringComparer.Ordinal).SequenceEqual(names),
        $"published is [{string.Join(", ", names)}], it is [{string.Join(", ", publisher.Torrents.Select(torrent => torrent.Name))}]");
}
