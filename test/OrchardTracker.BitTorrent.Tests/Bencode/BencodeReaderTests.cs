using System.Text;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class BencodeReaderTests
{
    [Fact]
    public void Should_read_every_kind_of_token_in_order()
    {
        var reader = new BencodeReader("d1:ai-7e2:bbl3:xyzi0ee1:cdee"u8);

        Assert.Equal(
            ["StartDictionary", "Key a", "Integer -7", "Key bb", "StartList", "String xyz", "Integer 0", "EndList",
                "Key c", "StartDictionary", "EndDictionary", "EndDictionary"],
            Tokens(ref reader));
    }

    [Theory]
    [InlineData("i0e", 0)]
    [InlineData("i-1e", -1)]
    [InlineData("i9223372036854775807e", long.MaxValue)]
    [InlineData("i-9223372036854775808e", long.MinValue)]
    public void Should_read_integers_to_their_bounds(string document, long expected)
    {
        var reader = new BencodeReader(Encoding.ASCII.GetBytes(document));

        Assert.True(reader.Read());
        Assert.Equal(expected, reader.Integer);
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("", 0, "expected a value, found the end of the data")]
    [InlineData("x", 0, "expected a value ('i', 'l', 'd' or a digit), found 'x'")]
    [InlineData("\n", 0, "expected a value ('i', 'l', 'd' or a digit), found byte 0x0a")]
    [InlineData("e", 0, "expected a value ('i', 'l', 'd' or a digit), found 'e'")]
    [InlineData("i", 1, "expected an integer, found the end of the data")]
    [InlineData("ie", 1, "expected a digit, found 'e'")]
    [InlineData("i-", 2, "expected a digit, found the end of the data")]
    [InlineData("i-e", 2, "expected a digit, found 'e'")]
    [InlineData("i+1e", 1, "expected a digit, found '+'")]
    [InlineData("i12", 3, "expected 'e' after an integer, found the end of the data")]
    [InlineData("i1.5e", 2, "expected 'e' after an integer, found '.'")]
    [InlineData("i9223372036854775808e", 1, "expected a number no greater than 9223372036854775807, found a greater one")]
    [InlineData("i-9223372036854775809e", 2, "expected a number no greater than 9223372036854775808, found a greater one")]
    [InlineData("5", 1, "expected ':' after the length of a string, found the end of the data")]
    [InlineData("5;", 1, "expected ':' after the length of a string, found ';'")]
    [InlineData("5:abc", 0, "expected a string of 5 bytes, found 3 bytes to the end")]
    [InlineData("2147483648:", 0, "expected a number no greater than 2147483647, found a greater one")]
    [InlineData("99999999999999999999:", 0, "expected a number no greater than 2147483647, found a greater one")]
    [InlineData("-1:a", 0, "expected a value ('i', 'l', 'd' or a digit), found '-'")]
    [InlineData("l", 1, "expected a value, found the end of the data")]
    [InlineData("li1e", 4, "expected a value, found the end of the data")]
    [InlineData("di1ei2ee", 1, "expected a key or the end of the dictionary, found 'i'")]
    [InlineData("d1:ae", 4, "expected the value of a key, found 'e'")]
    [InlineData("d1:a", 4, "expected a value, found the end of the data")]
    public void Should_say_where_the_trouble_is_and_what_was_expected(string document, int offset, string expected)
    {
        foreach (var mode in Enum.GetValues<BencodeMode>())
        {
            var error = Assert.Throws<BencodeException>(() => ReadAll(Encoding.ASCII.GetBytes(document), mode));

            Assert.Equal(offset, error.Offset);
            Assert.Equal(expected, error.Expected);
            Assert.Equal($"At byte {offset}: {expected}.", error.Message);
        }
    }

    [Theory]
    [InlineData("d1:b0:1:a0:e", BencodeIrregularities.UnsortedKeys, "expected a key greater than the one before it, found '1'")]
    [InlineData("d1:a0:1:a0:e", BencodeIrregularities.DuplicateKeys, "expected a key that was not there before, found '1'")]
    [InlineData("i03e", BencodeIrregularities.LeadingZeros, "expected an integer without leading zeros, found 'i'")]
    [InlineData("i-03e", BencodeIrregularities.LeadingZeros, "expected an integer without leading zeros, found 'i'")]
    [InlineData("01:a", BencodeIrregularities.LeadingZeros, "expected a string length without leading zeros, found '0'")]
    [InlineData("i-0e", BencodeIrregularities.NegativeZero, "expected an integer, not negative zero, found 'i'")]
    [InlineData("i1e\n", BencodeIrregularities.TrailingBytes, "expected the end of the data, found byte 0x0a")]
    public void Should_refuse_when_strict_and_note_when_lenient(string document, BencodeIrregularities irregularity, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes(document);

        Assert.Equal(expected, Assert.Throws<BencodeException>(() => ReadAll(bytes, BencodeMode.Strict)).Expected);
        Assert.Equal(irregularity, ReadAll(bytes, BencodeMode.Lenient));
    }

    [Fact]
    public void Should_compare_keys_as_raw_bytes()
    {
        // 0x7f < 0xc3: by unsigned bytes, not by culture and not by signed ones.
        Assert.Equal(BencodeIrregularities.None, ReadAll([.. "d1:\u007f0:2:é0:e"u8], BencodeMode.Strict));
        Assert.Equal(BencodeIrregularities.None, ReadAll([.. "d1:Z0:1:a0:2:aa0:e"u8], BencodeMode.Strict));
    }

    [Fact]
    public void Should_bound_the_depth()
    {
        var limits = new BencodeLimits { MaxDepth = 10 };

        Assert.Equal(BencodeIrregularities.None, ReadAll(Nested(10), BencodeMode.Strict, limits));
        var error = Assert.Throws<BencodeException>(() => ReadAll(Nested(11), BencodeMode.Strict, limits));
        Assert.Equal("At byte 10: expected at most 10 levels of lists and dictionaries, found more.", error.Message);
    }

    [Fact]
    public void Should_survive_a_million_levels()
    {
        var error = Assert.Throws<BencodeException>(() => ReadAll(Nested(1_000_000), BencodeMode.Lenient));

        Assert.Equal(64, error.Offset);
    }

    [Fact]
    public void Should_bound_the_length()
    {
        var limits = new BencodeLimits { MaxLength = 10 };

        Assert.Equal(BencodeIrregularities.None, ReadAll([.. "8:12345678"u8], BencodeMode.Strict, limits));
        var error = Assert.Throws<BencodeException>(() => ReadAll([.. "9:123456789"u8], BencodeMode.Strict, limits));
        Assert.Equal("At byte 10: expected at most 10 bytes, found 11.", error.Message);
    }

    [Fact]
    public void Should_bound_the_number_of_tokens()
    {
        var limits = new BencodeLimits { MaxTokens = 5 };

        Assert.Equal(BencodeIrregularities.None, ReadAll([.. "l0:0:0:e"u8], BencodeMode.Strict, limits));
        var error = Assert.Throws<BencodeException>(() => ReadAll([.. "l0:0:0:0:e"u8], BencodeMode.Strict, limits));
        Assert.Equal("At byte 9: expected at most 5 values, found more.", error.Message);
    }

    [Fact]
    public void Should_pass_over_a_value_from_its_key_and_from_its_start()
    {
        var reader = new BencodeReader("d1:ald1:xi1eee1:b2:yye"u8);
        reader.Read();
        reader.Read();
        reader.Skip();
        reader.Read();
        Assert.True(reader.ValueSpan.SequenceEqual("b"u8));
        reader.Read();
        reader.Skip();
        Assert.True(reader.ValueSpan.SequenceEqual("yy"u8));

        reader = new BencodeReader("d1:ald1:xi1eeee"u8);
        reader.Read();
        reader.Skip();
        Assert.Equal(BencodeTokenType.EndDictionary, reader.TokenType);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Should_hand_out_raw_values_as_they_stand()
    {
        var reader = new BencodeReader("d1:ald1:xi1eee1:b2:yye"u8);
        reader.Read();
        reader.Read();
        Assert.True(reader.ReadRaw().SequenceEqual("ld1:xi1eee"u8));
        reader.Read();
        reader.Read();
        Assert.True(reader.ReadRaw().SequenceEqual("2:yy"u8));
        reader.Read();
        Assert.False(reader.Read());
    }

    private static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)'l', depth), .. Enumerable.Repeat((byte)'e', depth)];

    private static BencodeIrregularities ReadAll(byte[] document, BencodeMode mode, BencodeLimits? limits = null)
    {
        var reader = new BencodeReader(document, mode, limits);
        while (reader.Read())
        {
        }

        return reader.Irregularities;
    }

    private static List<string> Tokens(ref BencodeReader reader)
    {
        var tokens = new List<string>();
        while (reader.Read())
        {
            tokens.Add(reader.TokenType switch
            {
                BencodeTokenType.Integer => $"Integer {reader.Integer}",
                BencodeTokenType.Key or BencodeTokenType.String =>
                    $"{reader.TokenType} {Encoding.UTF8.GetString(reader.ValueSpan)}",
                var other => other.ToString(),
            });
        }

        return tokens;
    }
}
