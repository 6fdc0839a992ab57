using System.Text;

namespace OrchardTracker.BitTorrent.Tests;

/// <summary>Writes bencode shortly: <c>Dict(("a", Int(1)))</c>. Nothing is sorted or checked, so that wrong documents can be written too.</summary>
internal static class Bencoded
{
    public static byte[] Int(long value) => Encoding.ASCII.GetBytes($"i{value}e");

    public static byte[] Str(string text) => Str(Encoding.UTF8.GetBytes(text));

    public static byte[] Str(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length}:"), .. bytes];

    public static byte[] List(params byte[][] items) => [(byte)'l', .. items.SelectMany(item => item), (byte)'e'];

    public static byte[] Dict(params (string Key, byte[]? Value)[] entries) =>
        [(byte)'d', .. entries.Where(entry => entry.Value is not null).SelectMany(entry => Str(entry.Key).Concat(entry.Value!)), (byte)'e'];

    public static byte[] Strs(params string[] texts) => List([.. texts.Select(Str)]);
}
