namespace OrchardTracker.BitTorrent.Tests;

/// <summary>By itself: what is counted is what the whole process allocates.</summary>
[Collection(nameof(CreationMemoryTests))]
[CollectionDefinition(nameof(CreationMemoryTests), DisableParallelization = true)]
public sealed class CreationMemoryTests
{
    [Fact]
    public async Task Should_use_little_memory_whatever_the_size_of_the_file()
    {
        const long Length = 1L << 30;
        await TorrentCreator.CreateFromStreamAsync("warm", new Zeros(1 << 20), 1 << 20);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await TorrentCreator.CreateFromStreamAsync(
            "zeros", new Zeros(Length), Length, new TorrentOptions { Version = MetainfoVersion.Hybrid, PieceLength = 16 << 20, Threads = 16 });

        // Four chunks of a piece each are 64 MiB; the rest is hashes.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 80 << 20);
    }
}
