using System.Buffers;
using System.Text;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class BencodeWriterTests
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly BencodeWriter _writer;

    public BencodeWriterTests() => _writer = new BencodeWriter(_buffer);

    private string Written => Encoding.UTF8.GetString(_buffer.WrittenSpan);

    [Fact]
    public void Should_write_every_kind_of_value()
    {
        _writer.WriteStartDictionary();
        _writer.WriteInteger("a"u8, long.MinValue);
        _writer.WriteString("b"u8, "é");
        _writer.WriteKey("c"u8);
        _writer.WriteStartList();
        _writer.WriteString(""u8);
        _writer.WriteInteger(0);
        _writer.WriteRaw("d1:xi1ee"u8);
        _writer.WriteEndList();
        _writer.WriteKey("d"u8);
        _writer.WriteStartDictionary();
        _writer.WriteEndDictionary();
        Assert.False(_writer.IsComplete);
        _writer.WriteEndDictionary();

        Assert.Equal("d1:ai-9223372036854775808e1:b2:é1:cl0:i0ed1:xi1eee1:ddee", Written);
        Assert.True(_writer.IsComplete);
    }

    [Fact]
    public void Should_compare_keys_with_their_predecessor_in_the_same_dictionary_only()
    {
        _writer.WriteStartDictionary();
        _writer.WriteKey("b"u8);
        _writer.WriteStartDictionary();
        _writer.WriteInteger("a"u8, 1);
        _writer.WriteInteger("z"u8, 1);
        _writer.WriteEndDictionary();
        _writer.WriteKey("c"u8);
        _writer.WriteStartDictionary();
        _writer.WriteInteger(new string('k', 300).Select(c => (byte)c).ToArray(), 1);
        _writer.WriteEndDictionary();

        var error = Assert.Throws<InvalidOperationException>(() => _writer.WriteKey("bb"u8));
        Assert.Equal("The key 'bb' must be greater than 'c' before it.", error.Message);
        Assert.Throws<InvalidOperationException>(() => _writer.WriteKey("c"u8));
        _writer.WriteInteger("ca"u8, 1);
    }

    [Fact]
    public void Should_refuse_what_would_not_be_bencode()
    {
        Assert.Throws<InvalidOperationException>(() => _writer.WriteKey("a"u8));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndList);
        _writer.WriteStartDictionary();
        Assert.Throws<InvalidOperationException>(() => _writer.WriteInteger(1));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndList);
        _writer.WriteKey("a"u8);
        Assert.Throws<InvalidOperationException>(() => _writer.WriteKey("b"u8));
        Assert.Throws<InvalidOperationException>(_writer.WriteEndDictionary);
        _writer.WriteInteger(1);
        _writer.WriteEndDictionary();
        Assert.Throws<InvalidOperationException>(() => _writer.WriteInteger(1));

        Assert.Equal("d1:ai1ee", Written);
    }

    [Fact]
    public void Should_begin_anew_after_a_reset()
    {
        _writer.WriteStartDictionary();
        _writer.WriteKey("z"u8);
        var second = new ArrayBufferWriter<byte>();
        _writer.Reset(second);
        _writer.WriteStartDictionary();
        _writer.WriteInteger("a"u8, 1);
        _writer.WriteEndDictionary();

        Assert.Equal("d1:ai1ee"u8.ToArray(), second.WrittenSpan.ToArray());
    }

    [Fact]
    public void Should_open_many_levels()
    {
        for (var i = 0; i < 100; i++)
        {
            _writer.WriteStartList();
        }

        Assert.Equal(100, _writer.Depth);
        for (var i = 0; i < 100; i++)
        {
            _writer.WriteEndList();
        }

        Assert.Equal(new string('l', 100) + new string('e', 100), Written);
    }
}
