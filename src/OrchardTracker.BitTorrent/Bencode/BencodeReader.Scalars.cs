namespace OrchardTracker.BitTorrent;

/// <content>Integers and strings.</content>
public ref partial struct BencodeReader
{
    private void ReadString()
    {
        // The caller has seen the first digit.
        var length = (int)ReadDigits(int.MaxValue, out _, out var leadingZero);
        if (Peek("':' after the length of a string") != (byte)':')
        {
            throw ExpectedAt(Position, "expected ':' after the length of a string");
        }

        if (leadingZero)
        {
            Forgive(BencodeIrregularities.LeadingZeros, "expected a string length without leading zeros");
        }

        Position++;
        if (length > _data.Length - Position)
        {
            throw new BencodeException(
                TokenStart, Text($"expected a string of {length} bytes, found {_data.Length - Position} bytes to the end"));
        }

        _valueStart = Position;
        _valueLength = length;
        Position += _valueLength;
    }

    private long ReadInteger()
    {
        var negative = Peek("an integer") == (byte)'-';
        if (negative)
        {
            Position++;
        }

        // One more on the negative side; kept as a magnitude until the sign is set.
        var magnitude = ReadDigits(negative ? 1UL << 63 : long.MaxValue, out var digits, out var leadingZero);
        if (digits == 0)
        {
            Peek("a digit");
            throw ExpectedAt(Position, "expected a digit");
        }

        if (Peek("'e' after an integer") != (byte)'e')
        {
            throw ExpectedAt(Position, "expected 'e' after an integer");
        }

        if (leadingZero)
        {
            Forgive(BencodeIrregularities.LeadingZeros, "expected an integer without leading zeros");
        }

        if (negative && magnitude == 0)
        {
            Forgive(BencodeIrregularities.NegativeZero, "expected an integer, not negative zero");
        }

        Position++;
        return negative ? unchecked(-(long)magnitude) : (long)magnitude;
    }

    private ulong ReadDigits(ulong max, out int digits, out bool leadingZero)
    {
        var start = Position;
        var value = 0UL;
        while (Position < _data.Length && (uint)(_data[Position] - '0') <= 9)
        {
            var digit = (ulong)(_data[Position] - '0');
            if (value > (max - digit) / 10)
            {
                throw new BencodeException(start, Text($"expected a number no greater than {max}, found a greater one"));
            }

            value = (value * 10) + digit;
            Position++;
        }

        digits = Position - start;
        leadingZero = digits > 1 && _data[start] == (byte)'0';
        return value;
    }
}
