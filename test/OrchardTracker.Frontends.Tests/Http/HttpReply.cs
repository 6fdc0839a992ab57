using System.Globalization;
using System.Text;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Frontends.Tests.Http;

/// <summary>A response as it came over the wire.</summary>
public sealed record HttpReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.Latin1.GetString(Body);

    /// <summary>The body read strictly: sorted and unique keys, nothing before or after.</summary>
    public BencodeDictionary Bencode => Assert.IsType<BencodeDictionary>(BencodeValue.Parse(Body));

    /// <summary>The message of a refusal, which must be a reply of status 200 like any other.</summary>
    public string FailureReason
    {
        get
        {
            Assert.Equal(200, Status);
            var keys = Bencode.Entries.Select(entry => Encoding.ASCII.GetString(entry.Key.Span)).ToArray();
            Assert.Subset(new HashSet<string> { "failure reason", "retry in" }, keys.ToHashSet());
            return StringOf("failure reason");
        }
    }

    public IEnumerable<string> Keys => Bencode.Entries.Select(entry => Encoding.ASCII.GetString(entry.Key.Span));

    public long IntegerOf(string key) => Assert.IsType<BencodeInteger>(Bencode[key]).Value;

    public byte[] BytesOf(string key) => Assert.IsType<BencodeString>(Bencode[key]).Bytes.ToArray();

    public string StringOf(string key) => Encoding.UTF8.GetString(BytesOf(key));

    /// <summary>Splits what came on a connection into its responses; each says its length.</summary>
    public static IEnumerable<HttpReply> ReadAll(ReadOnlyMemory<byte> received, bool isHead = false)
    {
        while (!received.IsEmpty)
        {
            var end = received.Span.IndexOf("\r\n\r\n"u8);
            Assert.True(end > 0, $"No head in {Encoding.Latin1.GetString(received.Span)}");
            var lines = Encoding.Latin1.GetString(received.Span[..end]).Split("\r\n");
            var headers = lines.Skip(1)
                .Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var length = isHead ? 0 : int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture);
            var body = received.Slice(end + 4, length).ToArray();
            received = received[(end + 4 + length)..];
            yield return new HttpReply(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
        }
    }
}
