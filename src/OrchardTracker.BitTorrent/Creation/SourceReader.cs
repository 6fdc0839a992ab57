namespace OrchardTracker.BitTorrent;

/// <summary>
/// Reads all files of a plan as one row of bytes, from front to back: the way that suits disks and streams alike.
/// Gaps between files are zeros. Not for several threads at a time.
/// </summary>
internal sealed class SourceReader(TorrentPlan plan, CancellationToken cancellationToken) : IDisposable
{
    private Stream? _stream;
    private int _file;
    private long _position;

    /// <summary>Fills the buffer, or less of it at the very end.</summary>
    /// <returns>How many bytes; none after the end.</returns>
    /// <exception cref="SourceChangedException">A file is not as long as it was, or was written to.</exception>
    public int Read(Memory<byte> buffer, out long offset)
    {
        offset = _position;
        var filled = 0;
        while (filled < buffer.Length && _position < plan.End)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = ReadSome(buffer[filled..]);
            filled += read;
            _position += read;
        }

        return filled;
    }

    public void Dispose()
    {
        if (_stream is not null && !plan.Files[_file].Source.LeaveOpen)
        {
            _stream.Dispose();
        }
    }

    private int ReadSome(Memory<byte> buffer)
    {
        while (_file < plan.Files.Length && plan.Files[_file].Source.Length == 0)
        {
            // Nothing to read, so not even opened: it may be a pipe.
            _file++;
        }

        var zerosTo = _file < plan.Files.Length ? plan.Files[_file].Offset : plan.End;
        if (_position < zerosTo)
        {
            var zeros = buffer[..(int)Math.Min(buffer.Length, zerosTo - _position)];
            zeros.Span.Clear();
            return zeros.Length;
        }

        var file = plan.Files[_file];
        _stream ??= Wait(file.Source.OpenAsync(cancellationToken));
        var read = Read(_stream, buffer[..(int)Math.Min(buffer.Length, file.End - _position)]);
        if (read == 0)
        {
            throw Changed(file);
        }

        if (_position + read == file.End)
        {
            Finish(file, _stream);
        }

        return read;
    }

    private void Finish(PlannedFile file, Stream stream)
    {
        if (Read(stream, new byte[1]) > 0 || !file.Source.IsUnchanged(stream))
        {
            throw Changed(file);
        }

        Dispose();
        _stream = null;
        _file++;
    }

    private static SourceChangedException Changed(PlannedFile file) => new(string.Join('/', file.Source.Path));

    // Not every stream may be read synchronously, while files are read best that way.
    private int Read(Stream stream, Memory<byte> buffer) =>
        stream is FileStream ? stream.Read(buffer.Span) : Wait(stream.ReadAsync(buffer, cancellationToken));

    // The reader runs on threads of its own, which have nothing else to do.
    private static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
