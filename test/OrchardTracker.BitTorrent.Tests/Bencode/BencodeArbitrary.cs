using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.BitTorrent.Tests;

/// <summary>Random bencoded documents, and bytes that are nearly one.</summary>
internal static class BencodeArbitrary
{
    public static Gen<byte[]> Bytes { get; } = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    public static Arbitrary<BencodeValue> Values { get; } = Arb.From(Gen.Sized(Value));

    /// <summary>Half of it noise, half of it made of what bencode is made of, so that the reader gets beyond the first byte.</summary>
    public static Arbitrary<byte[]> Noise { get; } = Arb.From(Gen.OneOf(
        Bytes,
        Gen.Elements("d", "l", "e", "i", "1:a", "2:", "0:", "-", "9", "0", ":", "4:infod", "i1e", "\0")
            .ListOf()
            .Select(parts => System.Text.Encoding.Latin1.GetBytes(string.Concat(parts)))));

    private static Gen<BencodeValue> Value(int size)
    {
        var integers = ArbMap.Default.GeneratorFor<long>().Select(BencodeValue (i) => new BencodeInteger(i));
        var strings = Bytes.Select(BencodeValue (b) => new BencodeString(b));
        if (size <= 1)
        {
            return Gen.OneOf(integers, strings);
        }

        var smaller = Gen.Sized(_ => Value(size / 3));
        var lists = smaller.ListOf().Select(BencodeValue (items) => new BencodeList([.. items]));
        var dictionaries = Bytes.SelectMany(_ => smaller, (key, value) => KeyValuePair.Create(new ReadOnlyMemory<byte>(key), value))
            .ListOf()
            .Select(BencodeValue (entries) => new BencodeDictionary(entries));
        return Gen.OneOf(integers, strings, lists.Resize(size / 3), dictionaries.Resize(size / 3));
    }
}
