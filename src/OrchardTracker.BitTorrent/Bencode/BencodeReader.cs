using System.Diagnostics;
using System.Globalization;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Reads bencode (BEP 3) token by token, forward only, without copying. Nesting costs a few bytes a level on a bounded
/// stack of its own, never a call.
/// </summary>
public ref partial struct BencodeReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly BencodeLimits _limits;
    private readonly BencodeMode _mode;
    private Frame[] _frames;
    private int _depth;
    private int _tokens;
    private int _valueStart;
    private int _valueLength;
    private long _integer;
    private bool _done;

    /// <exception cref="BencodeException">The document is longer than the limits allow.</exception>
    public BencodeReader(ReadOnlySpan<byte> data, BencodeMode mode = BencodeMode.Strict, BencodeLimits? limits = null)
    {
        _limits = limits ?? BencodeLimits.Default;
        if (data.Length > _limits.MaxLength)
        {
            throw new BencodeException(
                _limits.MaxLength, Text($"expected at most {_limits.MaxLength} bytes, found {data.Length}"));
        }

        _data = data;
        _mode = mode;
        _frames = [];
    }

    public BencodeTokenType TokenType { get; private set; }

    /// <summary>Offset of the first byte of the current token.</summary>
    public int TokenStart { get; private set; }

    /// <summary>Offset of the first byte that was not consumed.</summary>
    public int Position { get; private set; }

    /// <summary>How many lists and dictionaries are open.</summary>
    public readonly int Depth => _depth;

    /// <summary>What was forgiven so far; always none in strict mode.</summary>
    public BencodeIrregularities Irregularities { get; private set; }

    /// <summary>The bytes of the current string or key, without their length.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan
    {
        get
        {
            Debug.Assert(TokenType is BencodeTokenType.String or BencodeTokenType.Key);
            return _data.Slice(_valueStart, _valueLength);
        }
    }

    /// <summary>The offset of <see cref="ValueSpan"/> in the document.</summary>
    public readonly int ValueStart => _valueStart;

    /// <summary>The current integer.</summary>
    public readonly long Integer
    {
        get
        {
            Debug.Assert(TokenType == BencodeTokenType.Integer);
            return _integer;
        }
    }

    /// <summary>Moves to the next token.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="BencodeException">The next bytes are not a token, or a limit is reached.</exception>
    public bool Read()
    {
        if (_done)
        {
            End();
            return false;
        }

        if (++_tokens > _limits.MaxTokens)
        {
            throw new BencodeException(Position, Text($"expected at most {_limits.MaxTokens} values, found more"));
        }

        TokenStart = Position;
        var first = Peek("a value");
        if (_depth == 0)
        {
            ReadValue(first);
        }
        else if (first == (byte)'e')
        {
            ReadEnd();
        }
        else if (_frames[_depth - 1] is { IsDictionary: true, HasKey: false })
        {
            ReadKey(first);
        }
        else
        {
            _frames[_depth - 1].HasKey = false;
            ReadValue(first);
        }

        _done = _depth == 0;
        return true;
    }

    /// <summary>
    /// Passes over the rest of the current value: from a start to its end, from a key to the end of its value. On
    /// anything else it stays.
    /// </summary>
    public void Skip()
    {
        if (TokenType == BencodeTokenType.Key)
        {
            Read();
        }

        if (TokenType is BencodeTokenType.StartList or BencodeTokenType.StartDictionary)
        {
            var outside = _depth - 1;
            while (_depth > outside)
            {
                Read();
            }
        }
    }

    /// <summary>
    /// From a key, the next value whole, as it stands; otherwise the current value whole. Leaves the reader on its last
    /// token.
    /// </summary>
    public ReadOnlySpan<byte> ReadRaw()
    {
        if (TokenType == BencodeTokenType.Key)
        {
            Read();
        }

        var start = TokenStart;
        Skip();
        return _data[start..Position];
    }

    /// <summary>From a key, moves on to its value. Another kind of value than a string is passed over.</summary>
    /// <returns>Whether the value is a string.</returns>
    public bool TryReadString(out ReadOnlySpan<byte> value)
    {
        Read();
        if (TokenType == BencodeTokenType.String)
        {
            value = ValueSpan;
            return true;
        }

        Skip();
        value = default;
        return false;
    }

    /// <summary>From a key, moves on to its value. Another kind of value than an integer is passed over.</summary>
    /// <returns>Whether the value is an integer.</returns>
    public bool TryReadInteger(out long value)
    {
        Read();
        if (TokenType == BencodeTokenType.Integer)
        {
            value = Integer;
            return true;
        }

        Skip();
        value = default;
        return false;
    }

    private readonly byte Peek(string expected) =>
        Position < _data.Length
            ? _data[Position]
            : throw new BencodeException(_data.Length, $"expected {expected}, found the end of the data");

    private void ReadValue(byte first)
    {
        switch (first)
        {
            case (byte)'i':
                Position++;
                _integer = ReadInteger();
                TokenType = BencodeTokenType.Integer;
                break;
            case (byte)'l':
                Open(isDictionary: false);
                TokenType = BencodeTokenType.StartList;
                break;
            case (byte)'d':
                Open(isDictionary: true);
                TokenType = BencodeTokenType.StartDictionary;
                break;
            case >= (byte)'0' and <= (byte)'9':
                ReadString();
                TokenType = BencodeTokenType.String;
                break;
            default:
                throw Expected("expected a value ('i', 'l', 'd' or a digit)");
        }
    }

    private void Open(bool isDictionary)
    {
        if (_depth >= _limits.MaxDepth)
        {
            throw new BencodeException(
                Position, Text($"expected at most {_limits.MaxDepth} levels of lists and dictionaries, found more"));
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, Math.Max(8, 2 * _depth));
        }

        _frames[_depth++] = new Frame { IsDictionary = isDictionary, KeyLength = -1 };
        Position++;
    }

    private void ReadEnd()
    {
        ref var frame = ref _frames[_depth - 1];
        if (frame.HasKey)
        {
            throw Expected("expected the value of a key");
        }

        TokenType = frame.IsDictionary ? BencodeTokenType.EndDictionary : BencodeTokenType.EndList;
        _depth--;
        Position++;
    }

    private void ReadKey(byte first)
    {
        if (first is < (byte)'0' or > (byte)'9')
        {
            throw Expected("expected a key or the end of the dictionary");
        }

        ReadString();
        TokenType = BencodeTokenType.Key;
        ref var frame = ref _frames[_depth - 1];
        if (frame.KeyLength >= 0)
        {
            var order = _data.Slice(frame.KeyStart, frame.KeyLength).SequenceCompareTo(ValueSpan);
            if (order > 0)
            {
                Forgive(BencodeIrregularities.UnsortedKeys, "expected a key greater than the one before it");
            }
            else if (order == 0)
            {
                Forgive(BencodeIrregularities.DuplicateKeys, "expected a key that was not there before");
            }
        }

        frame.KeyStart = _valueStart;
        frame.KeyLength = _valueLength;
        frame.HasKey = true;
    }

    private void End()
    {
        if (TokenType != BencodeTokenType.None && Position < _data.Length)
        {
            TokenStart = Position;
            Forgive(BencodeIrregularities.TrailingBytes, "expected the end of the data");
        }

        TokenType = BencodeTokenType.None;
    }

    private void Forgive(BencodeIrregularities irregularity, string expected)
    {
        if (_mode == BencodeMode.Strict)
        {
            throw Expected(expected);
        }

        Irregularities |= irregularity;
    }

    private readonly BencodeException Expected(string expected) => ExpectedAt(TokenStart, expected);

    private readonly BencodeException ExpectedAt(int offset, string expected)
    {
        var found = _data[offset];
        var shown = found is > 0x20 and < 0x7F ? $"'{(char)found}'" : Text($"byte 0x{found:x2}");
        return new BencodeException(offset, $"{expected}, found {shown}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private struct Frame
    {
        public int KeyStart;
        public int KeyLength;
        public bool IsDictionary;
        public bool HasKey;
    }
}
