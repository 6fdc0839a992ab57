using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>What was there before is lost by nothing but a replacement that is whole.</summary>
public sealed class UploadMarkersTests : IDisposable
{
    private const string MediaPath = "folder/file.bin";

    private readonly ClientFolder _folder = new();
    private readonly UploadMarkers _markers;

    public UploadMarkersTests()
    {
        _markers = new UploadMarkers(Uploads);
        File.WriteAllText(Original, "before");
    }

    private string Uploads => Path.Combine(_folder.Path, "uploads");

    private string Original => Path.Combine(_folder.Path, "file.bin");

    [Fact]
    public async Task Should_keep_what_lies_aside_until_it_is_back()
    {
        using (var mark = _markers.Mark(MediaPath))
        {
            Assert.True(mark.TryPutAside(Original));
            await File.WriteAllTextAsync(Original, "ha");
        }

        await _markers.UndoAbandonedAsync((_, _) => throw new IOException("The disk is on fire."));
        await _markers.UndoAbandonedAsync((path, former) =>
        {
            Assert.Equal(MediaPath, path);
            File.Move(former!, Original, overwrite: true);
            return Task.CompletedTask;
        });

        Assert.Equal("before", await File.ReadAllTextAsync(Original));
        await _markers.UndoAbandonedAsync((path, _) => throw new InvalidOperationException(path));
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    [Fact]
    public async Task Should_undo_nothing_where_the_file_is_back_already()
    {
        using (var mark = _markers.Mark(MediaPath))
        {
            mark.TryPutAside(Original);
        }

        // As a process leaves it that is killed between putting it back and forgetting it.
        File.Move(Assert.Single(Directory.GetFiles(Uploads, "*.aside")), Original);

        await _markers.UndoAbandonedAsync((path, _) => throw new InvalidOperationException(path));
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    [Fact]
    public async Task Should_forget_what_was_to_be_undone_when_the_path_is_written_again()
    {
        using (var mark = _markers.Mark(MediaPath))
        {
            mark.TryPutAside(Original);
        }

        using (var mark = _markers.Mark(MediaPath))
        {
            mark.Begin();
            mark.Commit();
            _markers.Settle(MediaPath);
        }

        await _markers.UndoAbandonedAsync((path, _) => throw new InvalidOperationException(path));
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    [Fact]
    public void Should_leave_nothing_of_what_was_committed_or_put_back()
    {
        using (var mark = _markers.Mark(MediaPath))
        {
            mark.TryPutAside(Original);
            mark.PutBack(Original);
        }

        Assert.Equal("before", File.ReadAllText(Original));
        using (var mark = _markers.Mark(MediaPath))
        {
            Assert.True(_markers.IsBeingWritten(MediaPath));
            mark.TryPutAside(Original);
            mark.Commit();
        }

        Assert.False(_markers.IsBeingWritten(MediaPath));
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    public void Dispose() => _folder.Dispose();
}
