using OrchardTracker.MediaTorrent.Seeding;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Local copies of files that are kept elsewhere: what they take of the disk.</summary>
public sealed class StagedFilesTests : IDisposable
{
    private readonly ClientFolder _folder = new();

    [Fact]
    public async Task Should_leave_nothing_of_a_copy_that_fails()
    {
        var staged = new StagedFiles(_folder.Path);

        await Assert.ThrowsAnyAsync<IOException>(() => staged.GetAsync("key", 1_000, 10_000, () => Task.FromResult<Stream>(new FailingStream(500)), CancellationToken.None));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Should_clean_up_after_a_process_that_was_killed_and_nothing_else()
    {
        var whole = Path.Combine(_folder.Path, "whole");
        await File.WriteAllBytesAsync(whole, [1]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "dead.part"), [1]);
        await using var living = new FileStream(Path.Combine(_folder.Path, "living.part"), FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

        _ = new StagedFiles(_folder.Path);

        Assert.Equal([living.Name, whole], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_count_what_is_being_copied()
    {
        var staged = new StagedFiles(_folder.Path);
        var opening = new TaskCompletionSource<Stream>();
        var first = staged.GetAsync("first", 1_000, 1_500, () => opening.Task, CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => staged.GetAsync("second", 1_000, 1_500, OpenAsync, CancellationToken.None));

        opening.SetResult(await OpenAsync());
        await first;
        await staged.GetAsync("second", 1_000, 1_500, OpenAsync, CancellationToken.None);
        Assert.Single(Directory.GetFiles(_folder.Path));

        static Task<Stream> OpenAsync() => Task.FromResult<Stream>(new MemoryStream(new byte[1_000]));
    }

    public void Dispose() => _folder.Dispose();
}
