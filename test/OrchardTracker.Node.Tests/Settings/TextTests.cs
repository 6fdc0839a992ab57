namespace OrchardTracker.Node.Tests.Settings;

public sealed class TextTests
{
    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("45s", 45)]
    [InlineData("1800", 1800)]
    [InlineData("1.5h", 5400)]
    [InlineData("1d", 86400)]
    [InlineData("500ms", 0.5)]
    [InlineData("00:30:00", 1800)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("10 m", 600)]
    public void Should_read_times(string text, double seconds)
    {
        Assert.True(TimeText.TryParse(text, out var time));
        Assert.Equal(seconds, time.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("soon")]
    [InlineData("99999999999999999999d")]
    [InlineData("25:61:00")]
    public void Should_not_read_what_is_no_time(string text) => Assert.False(TimeText.TryParse(text, out _));

    [Theory]
    [InlineData(1800, "30m")]
    [InlineData(86400, "1d")]
    [InlineData(90, "90s")]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    public void Should_write_times_short(double seconds, string expected) => Assert.Equal(expected, TimeText.Write(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(12_813, "12.5 KiB")]
    [InlineData(1_048_575, "1024 KiB")]
    [InlineData(734_003_200, "700 MiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void Should_write_sizes_for_people(long size, string expected) => Assert.Equal(expected, SizeText.Write(size));

    [Theory]
    [InlineData("65536", 65536)]
    [InlineData("64K", 65536)]
    [InlineData("64 KiB", 65536)]
    [InlineData("4MB", 4194304)]
    [InlineData("1g", 1073741824)]
    public void Should_read_sizes(string text, long expected)
    {
        Assert.True(SizeText.TryParse(text, out var size));
        Assert.Equal(expected, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("9223372036854775807G")]
    public void Should_not_read_what_is_no_size(string text) => Assert.False(SizeText.TryParse(text, out _));
}
