using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Writes bencode (BEP 3) straight into a buffer. The writer keeps to the one canonical form: a key that is not greater
/// than its predecessor, a value without key or a key without value is the caller's mistake and throws
/// <see cref="InvalidOperationException"/> before anything is written.
/// </summary>
public sealed class BencodeWriter
{
    // "-9223372036854775808" and its i and e, or a string's length and its colon.
    private const int LongestNumber = 24;

    private IBufferWriter<byte> _output;
    private Frame[] _frames = new Frame[8];
    private byte[] _keys = new byte[64];
    private int _keysLength;
    private int _depth;
    private bool _done;

    public BencodeWriter(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
    }

    /// <summary>How many lists and dictionaries are open.</summary>
    public int Depth => _depth;

    /// <summary>One value was written whole.</summary>
    public bool IsComplete => _done;

    /// <summary>Begins a new document, so that one writer serves many.</summary>
    public void Reset(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _keysLength = 0;
        _depth = 0;
        _done = false;
    }

    public void WriteStartDictionary() => Open(isDictionary: true);

    public void WriteStartList() => Open(isDictionary: false);

    public void WriteEndDictionary() => Close(isDictionary: true);

    public void WriteEndList() => Close(isDictionary: false);

    /// <summary>Writes a key; exactly one value must follow.</summary>
    public void WriteKey(ReadOnlySpan<byte> key)
    {
        if (_depth == 0 || !_frames[_depth - 1].IsDictionary)
        {
            throw new InvalidOperationException("A key belongs into a dictionary.");
        }

        ref var frame = ref _frames[_depth - 1];
        if (frame.HasKey)
        {
            throw new InvalidOperationException("The key before has no value yet.");
        }

        if (frame.KeyLength >= 0 && _keys.AsSpan(frame.KeyStart, frame.KeyLength).SequenceCompareTo(key) >= 0)
        {
            throw new InvalidOperationException(
                $"The key '{Encoding.UTF8.GetString(key)}' must be greater than '{Encoding.UTF8.GetString(_keys, frame.KeyStart, frame.KeyLength)}' before it.");
        }

        Remember(ref frame, key);
        WriteBytes(key);
    }

    public void WriteInteger(long value)
    {
        BeginValue();
        var span = _output.GetSpan(LongestNumber);
        span[0] = (byte)'i';
        Utf8Formatter.TryFormat(value, span[1..], out var written);
        span[written + 1] = (byte)'e';
        _output.Advance(written + 2);
        EndValue();
    }

    public void WriteString(ReadOnlySpan<byte> value)
    {
        BeginValue();
        WriteBytes(value);
        EndValue();
    }

    /// <summary>Writes text as UTF-8.</summary>
    public void WriteString(ReadOnlySpan<char> value)
    {
        BeginValue();
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLength(length);
        Encoding.UTF8.GetBytes(value, _output.GetSpan(length));
        _output.Advance(length);
        EndValue();
    }

    /// <summary>Passes one value on that is bencode already. It is not looked at: hand over only what was read as such.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        BeginValue();
        _output.Write(value);
        EndValue();
    }

    public void WriteInteger(ReadOnlySpan<byte> key, long value)
    {
        WriteKey(key);
        WriteInteger(value);
    }

    public void WriteString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        WriteKey(key);
        WriteString(value);
    }

    public void WriteString(ReadOnlySpan<byte> key, ReadOnlySpan<char> value)
    {
        WriteKey(key);
        WriteString(value);
    }

    private void BeginValue()
    {
        if (_done)
        {
            throw new InvalidOperationException("The document is complete: it holds one value.");
        }

        if (_depth > 0 && _frames[_depth - 1] is { IsDictionary: true, HasKey: false })
        {
            throw new InvalidOperationException("A value in a dictionary needs a key before it.");
        }
    }

    private void EndValue()
    {
        if (_depth == 0)
        {
            _done = true;
        }
        else
        {
            _frames[_depth - 1].HasKey = false;
        }
    }

    private void Open(bool isDictionary)
    {
        BeginValue();
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * _depth);
        }

        _frames[_depth++] = new Frame { IsDictionary = isDictionary, KeyStart = _keysLength, KeyLength = -1 };
        WriteByte(isDictionary ? (byte)'d' : (byte)'l');
    }

    private void Close(bool isDictionary)
    {
        if (_depth == 0 || _frames[_depth - 1].IsDictionary != isDictionary)
        {
            throw new InvalidOperationException($"No {(isDictionary ? "dictionary" : "list")} is open here.");
        }

        if (_frames[_depth - 1].HasKey)
        {
            throw new InvalidOperationException("The last key has no value.");
        }

        _keysLength = _frames[--_depth].KeyStart;
        WriteByte((byte)'e');
        EndValue();
    }

    // Each open dictionary keeps its last key, one after the other, so that the order can be checked without reading back.
    private void Remember(ref Frame frame, ReadOnlySpan<byte> key)
    {
        var end = frame.KeyStart + key.Length;
        if (end > _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(end, 2 * _keys.Length));
        }

        key.CopyTo(_keys.AsSpan(frame.KeyStart));
        frame.KeyLength = key.Length;
        frame.HasKey = true;
        _keysLength = end;
    }

    private void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        _output.Write(value);
    }

    private void WriteLength(int length)
    {
        var span = _output.GetSpan(LongestNumber);
        Utf8Formatter.TryFormat(length, span, out var written);
        span[written] = (byte)':';
        _output.Advance(written + 1);
    }

    private void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    private struct Frame
    {
        public int KeyStart;
        public int KeyLength;
        public bool IsDictionary;
        public bool HasKey;
    }
}
