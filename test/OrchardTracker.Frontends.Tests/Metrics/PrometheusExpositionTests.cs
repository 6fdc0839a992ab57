using System.Diagnostics.Metrics;

namespace OrchardTracker.Frontends.Tests.Metrics;

public sealed class PrometheusExpositionTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly PrometheusExposition _exposition;

    public PrometheusExpositionTests() => _exposition = new PrometheusExposition(instrument => instrument.Meter == _meter);

    public void Dispose()
    {
        _exposition.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Should_write_a_counter_with_help_type_unit_and_total()
    {
        var counter = _meter.CreateCounter<long>("requests.served", "By", "What was served.");
        counter.Add(3);
        counter.Add(4);

        Assert.Equal("# HELP requests_served_bytes_total What was served.\n# TYPE requests_served_bytes_total counter\nrequests_served_bytes_total 7\n", _exposition.Write());
    }

    [Theory]
    [InlineData("s", "x_seconds")]
    [InlineData("ms", "x_milliseconds")]
    [InlineData("By", "x_bytes")]
    [InlineData("1", "x_ratio")]
    [InlineData("%", "x_percent")]
    [InlineData("{peer}", "x")]
    [InlineData(null, "x")]
    [InlineData("KiBy/s", "x_KiBy_s")]
    public void Should_put_the_unit_into_the_name(string? unit, string expected)
    {
        _meter.CreateObservableGauge("x", () => 1, unit);

        Assert.Equal($"# TYPE {expected} gauge\n{expected} 1\n", _exposition.Write());
    }

    [Fact]
    public void Should_not_say_the_unit_twice()
    {
        _meter.CreateObservableGauge("uptime.seconds", () => 1, "s");

        Assert.Contains("\nuptime_seconds 1\n", _exposition.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_keep_labels_apart_sort_and_escape_them()
    {
        var counter = _meter.CreateCounter<int>("x");
        counter.Add(1, new("b", "2"), new("a.c", "1"));
        counter.Add(1, new("a.c", "1"), new("b", "2"));
        counter.Add(5, new KeyValuePair<string, object?>("a.c", "quote \" slash \\ line\nend"));

        Assert.Equal(
            "# TYPE x_total counter\nx_total{a_c=\"1\",b=\"2\"} 2\nx_total{a_c=\"quote \\\" slash \\\\ line\\nend\"} 5\n", _exposition.Write());
    }

    [Fact]
    public void Should_write_the_labels_of_the_meter_too_and_gather_meters_under_one_name()
    {
        using var first = new Meter("tenants", "1", [new("tenant", "one")]);
        using var second = new Meter("tenants", "1", [new("tenant", "two")]);
        using var exposition = new PrometheusExposition(instrument => instrument.Meter == first || instrument.Meter == second);
        first.CreateObservableGauge("peers", () => 1);
        second.CreateObservableGauge("peers", () => 2);

        Assert.Equal("# TYPE peers gauge\npeers{tenant=\"one\"} 1\npeers{tenant=\"two\"} 2\n", exposition.Write());
    }

    [Fact]
    public void Should_forget_what_an_observed_instrument_no_longer_tells_and_an_instrument_that_is_gone()
    {
        KeyValuePair<string, object?>[] now = [new("name", "a"), new("name", "b")];
        using var meter = new Meter("passing");
        using var exposition = new PrometheusExposition(instrument => instrument.Meter == meter);
        meter.CreateObservableGauge("x", () => now.Select(tag => new Measurement<int>(1, tag)));
        Assert.Equal("# TYPE x gauge\nx{name=\"a\"} 1\nx{name=\"b\"} 1\n", exposition.Write());

        now = now[1..];
        Assert.Equal("# TYPE x gauge\nx{name=\"b\"} 1\n", exposition.Write());

        meter.Dispose();
        Assert.Equal("", exposition.Write());
    }

    [Fact]
    public void Should_write_a_histogram_with_growing_buckets_sum_and_count()
    {
        var histogram = _meter.CreateHistogram("time", "s", "How long.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        histogram.Record(0.25);
        histogram.Record(0.5);
        histogram.Record(0.75);
        histogram.Record(2);

        Assert.Equal(
            """
            # HELP time_seconds How long.
            # TYPE time_seconds histogram
            time_seconds_bucket{le="0.5"} 2
            time_seconds_bucket{le="1"} 3
            time_seconds_bucket{le="+Inf"} 4
            time_seconds_sum 3.5
            time_seconds_count 4

            """.ReplaceLineEndings("\n"),
            _exposition.Write());
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    public void Should_write_numbers_as_the_format_has_them(double value, string expected)
    {
        _meter.CreateObservableGauge("x", () => value);

        Assert.EndsWith($"\nx {expected}\n", _exposition.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_let_a_gauge_go_up_and_down()
    {
        var counter = _meter.CreateUpDownCounter<int>("open");
        counter.Add(5);
        counter.Add(-2);

        Assert.Equal("# TYPE open gauge\nopen 3\n", _exposition.Write());
    }

    [Fact]
    public void Should_bound_the_number_of_labels()
    {
        var counter = _meter.CreateCounter<int>("x");
        for (var i = 0; i < 5_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("name", i));
        }

        Assert.Equal(2_001, _exposition.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Should_listen_only_to_what_it_is_told_to()
    {
        using var other = new Meter("other");
        other.CreateObservableGauge("x", () => 1);

        Assert.Equal("", _exposition.Write());
    }
}
