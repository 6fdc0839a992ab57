namespace OrchardTracker.BitTorrent.Tests;

public sealed class FolderTests
{
    [Fact]
    public async Task Should_leave_hidden_files_out_unless_they_are_wanted()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in (string[])["a.txt", ".hidden", ".git/config", "sub/.DS_Store", "sub/b.txt"])
        {
            folder.Write("f/" + path, [1, 2, 3]);
        }

        Assert.Equal(["a.txt", "sub/b.txt"], await FilesAsync(folder["f"]));
        Assert.Equal(
            [".git/config", ".hidden", "a.txt", "sub/.DS_Store", "sub/b.txt"],
            await FilesAsync(folder["f"], new TorrentOptions { IncludeHidden = true }));
    }

    [Fact]
    public async Task Should_order_files_by_the_bytes_of_their_paths_folder_by_folder()
    {
        using var folder = new TemporaryFolder();
        foreach (var path in (string[])["b", "a/x", "a.txt", "a/b/c", "B", "ä", "\uFF5E", "😀", "a!"])
        {
            folder.Write("f/" + path, [1]);
        }

        // The tree of BEP 52 puts "a" before "a!" though '/' comes after '!'; and U+FF5E before the emoji, as in UTF-8.
        string[] expected = ["B", "a/b/c", "a/x", "a!", "a.txt", "b", "ä", "\uFF5E", "😀"];
        foreach (var version in Enum.GetValues<MetainfoVersion>())
        {
            Assert.Equal(expected, await FilesAsync(folder["f"], new TorrentOptions { Version = version }));
        }
    }

    [Fact]
    public async Task Should_leave_links_out_unless_they_are_to_be_followed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("f/a.txt", [1, 2, 3]);
        folder.Write("f/sub/b.txt", [1, 2, 3]);
        folder.Write("outside/secret.txt", [4]);
        File.CreateSymbolicLink(folder["f/file"], folder["outside/secret.txt"]);
        Directory.CreateSymbolicLink(folder["f/folder"], folder["outside"]);
        File.CreateSymbolicLink(folder["f/broken"], folder["nowhere"]);
        File.CreateSymbolicLink(folder["f/self"], "self");
        Directory.CreateSymbolicLink(folder["f/sub/loop"], folder["f"]);
        Directory.CreateSymbolicLink(folder["f/sub/up"], "..");

        Assert.Equal(["a.txt", "sub/b.txt"], await FilesAsync(folder["f"]));
        Assert.Equal(
            ["a.txt", "file", "folder/secret.txt", "sub/b.txt"],
            await FilesAsync(folder["f"], new TorrentOptions { SymbolicLinks = SymbolicLinkPolicy.Follow }));
    }

    [Fact]
    public async Task Should_take_the_path_itself_though_it_is_a_link()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/a.txt", [1, 2, 3]);
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);
        File.CreateSymbolicLink(folder["file.txt"], folder["real/a.txt"]);

        Assert.Equal("link", (await TorrentCreator.CreateFromPathAsync(folder["link"])).Name);
        var single = await TorrentCreator.CreateFromPathAsync(folder["file.txt"]);
        Assert.Equal("file.txt", single.Name);
        Assert.Equal(3, single.TotalLength);
    }

    [Fact]
    public async Task Should_keep_empty_files_and_drop_empty_folders()
    {
        using var folder = new TemporaryFolder();
        folder.Write("f/a.txt", [1]);
        folder.Write("f/empty", []);
        Directory.CreateDirectory(folder["f/nothing"]);

        foreach (var version in Enum.GetValues<MetainfoVersion>())
        {
            Assert.Equal(["a.txt", "empty"], await FilesAsync(folder["f"], new TorrentOptions { Version = version }));
        }

        folder.Write("g/empty", []);
        foreach (var path in (string[])["f/nothing", "g", "g/empty"])
        {
            var error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromPathAsync(folder[path]));
            Assert.Equal("There is no data to make a torrent of: no file has any bytes.", error.Message);
        }
    }

    [Fact]
    public async Task Should_refuse_names_that_readers_would_refuse()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        using var folder = new TemporaryFolder();
        folder.Write("f/con.txt", [1]);

        var error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromPathAsync(folder["f"]));
        Assert.Equal("The name 'con.txt' is reserved for a device on Windows.", error.Message);
    }

    [Fact]
    public async Task Should_bound_files_and_depth()
    {
        using var folder = new TemporaryFolder();
        folder.Write("f/a/b/c/d", [1]);
        folder.Write("f/e", [1]);

        var limits = new MetainfoLimits { MaxPathDepth = 3 };
        var error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromPathAsync(folder["f"], new TorrentOptions { Limits = limits }));
        Assert.Equal("A path has more than 3 folders.", error.Message);
        limits = new MetainfoLimits { MaxFiles = 1 };
        error = await Assert.ThrowsAsync<TorrentCreationException>(() => TorrentCreator.CreateFromPathAsync(folder["f"], new TorrentOptions { Limits = limits }));
        Assert.StartsWith("The folder has more than 1 f", error.Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> FilesAsync(string path, TorrentOptions? options = null) =>
        (await TorrentCreator.CreateFromFolderAsync(path, options)).Files.Where(file => !file.IsPadding).Select(file => file.FullPath);
}
