using FsCheck;
using FsCheck.Fluent;

namespace OrchardTracker.BitTorrent.Tests;

public sealed class BencodeProperties
{
    [Fact]
    public void Should_read_back_what_was_written() =>
        Prop.ForAll(BencodeArbitrary.Values, value => BencodeValue.Parse(value.ToArray()).Equals(value))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Should_write_back_what_was_read_strictly() =>
        Prop.ForAll(BencodeArbitrary.Values, value =>
            {
                var bytes = value.ToArray();
                return BencodeValue.Parse(bytes).ToArray().AsSpan().SequenceEqual(bytes);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Should_refuse_every_true_prefix() =>
        Prop.ForAll(BencodeArbitrary.Values, value =>
            {
                var bytes = value.ToArray();
                return Enumerable.Range(0, Math.Min(bytes.Length, 200)).All(length => !Reads(bytes[..length], BencodeMode.Lenient));
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Should_throw_nothing_but_the_stated_error_on_noise() => ReadNoise(times: 5_000);

    [Fact(Explicit = true)]
    public void Should_throw_nothing_but_the_stated_error_on_noise_for_long() => ReadNoise(times: 1_000_000);

    private static void ReadNoise(int times) =>
        Prop.ForAll(BencodeArbitrary.Noise, noise =>
            {
                // Whatever strict reading accepts, lenient reading accepts too.
                return !Reads(noise, BencodeMode.Strict) || Reads(noise, BencodeMode.Lenient);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    private static bool Reads(byte[] bytes, BencodeMode mode)
    {
        try
        {
            BencodeValue.Parse(bytes, mode);
            return true;
        }
        catch (BencodeException)
        {
            return false;
        }
    }
}
