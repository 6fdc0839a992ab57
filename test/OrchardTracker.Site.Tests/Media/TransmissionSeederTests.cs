using OrchardTracker.Interop.Tests.Node;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>Transmission downloads hidden originals from the site's own seeder alone.</summary>
public sealed class TransmissionSeederTests(TransmissionSite site) : IClassFixture<TransmissionSite>
{
    [Theory]
    [InlineData(1_024, false)]
    [InlineData(1_024, true)]
    [InlineData(20_000_000, false)]
    [InlineData(20_000_000, true)]
    public Task Should_download_a_hidden_original(int length, bool byMagnet) => DownloadAsync($"only/{length} {byMagnet}.bin", length, byMagnet);

    [Fact(Explicit = true)]
    public Task Should_download_a_gigabyte() => DownloadAsync("only/large.bin", 1_000_000_000, byMagnet: false);

    private Task DownloadAsync(string path, int length, bool byMagnet)
    {
        Assert.SkipWhen(TransmissionSite.OwnAddress is null, "This machine has no address but the loopback's, and Transmission calls none of those.");
        return site.DownloadAsync(ClientKind.Transmission, path, length, byMagnet);
    }
}
