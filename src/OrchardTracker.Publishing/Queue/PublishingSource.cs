namespace OrchardTracker.Publishing;

/// <summary>A file that is to become part of a torrent, wherever its bytes are kept.</summary>
/// <param name="Path">Folders and file name within the torrent; of a torrent that is one file, that file's name.</param>
/// <param name="Length">In bytes. A stream that turns out longer or shorter fails the torrent.</param>
/// <param name="OpenAsync">
/// Opens the bytes for reading from the start. Called once a run; the stream is disposed of. What a store throws of its own
/// should become an <see cref="IOException"/> here and in the stream, or a <see cref="PublishingException"/> that is
/// transient: then the job is tried again, and shows the message.
/// </param>
public sealed record PublishingSource(IReadOnlyList<string> Path, long Length, Func<CancellationToken, ValueTask<Stream>> OpenAsync);
