using System.Reflection;
using OrchardCore.FileStorage;
using OrchardTracker.MediaTorrent.Files;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Files that are far away: they come as streams that cannot be sought in. Fails when it is told to.</summary>
public class RemoteFileStore : DispatchProxy
{
    private IFileStore _inner = null!;
    private StoreFaults _faults = null!;

    internal static IFileStore Around(IFileStore inner, StoreFaults faults)
    {
        var store = Create<IFileStore, RemoteFileStore>();
        ((RemoteFileStore)(object)store)._inner = inner;
        ((RemoteFileStore)(object)store)._faults = faults;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IFileStore.GetFileStreamAsync))
        {
            return targetMethod.Invoke(_inner, args);
        }

        if (_faults.Reading is { } error)
        {
            throw error;
        }

        var path = args![0] is IFileStoreEntry entry ? entry.Path : (string)args[0]!;
        _faults.Opened.AddOrUpdate(path, 1, (_, times) => times + 1);
        return OpenAsync((Task<Stream>)targetMethod.Invoke(_inner, args)!, _faults.Gate?.Task ?? Task.CompletedTask, args[0] is IFileStoreEntry || MediaPaths.IsTemporary(path) ? null : _faults.Pace);
    }

    private static async Task<Stream> OpenAsync(Task<Stream> opening, Task gate, ReadingPace? pace)
    {
        await gate;
        return new OneWayStream(await opening, pace);
    }
}
