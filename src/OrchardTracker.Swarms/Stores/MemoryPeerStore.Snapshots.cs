using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

public sealed partial class MemoryPeerStore
{
    private const ulong SnapshotMagic = 0x4F54_5357_4152_4D53; // OTSWARMS
    private const int SnapshotVersion = 1;

    /// <summary>The store as blocks of bytes: a head, the links, then shard by shard.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Export()
    {
        yield return Block(writer =>
        {
            writer.Write(SnapshotMagic);
            writer.Write(SnapshotVersion);
            writer.Write(_time.GetUtcNow().ToUnixTimeMilliseconds());
            var links = _links.ToArray();
            writer.Write(links.Length);
            foreach (var (v2, v1) in links)
            {
                writer.Write(v1.ToArray());
                writer.Write(v2.ToArray());
            }
        });

        foreach (var shard in _shards)
        {
            yield return Block(writer =>
            {
                lock (shard.Gate)
                {
                    foreach (var (torrent, swarm) in shard.Swarms)
                    {
                        writer.Write((byte)1);
                        writer.Write(torrent.ToArray());
                        swarm.Write(writer, _clock.Milliseconds);
                    }
                }
            });
        }

        yield return Block(writer => writer.Write((byte)0));
    }

    /// <summary>Takes a snapshot in whose checksum is right.</summary>
    /// <returns>How many peers it held.</returns>
    internal int Import(BinaryReader reader, long length, TimeSpan grace)
    {
        if (length < 20 || reader.ReadUInt64() != SnapshotMagic)
        {
            throw new SnapshotException("The file is no snapshot of swarms.");
        }

        var version = reader.ReadInt32();
        if (version != SnapshotVersion)
        {
            throw new SnapshotException($"The snapshot has version {version}; this program reads version {SnapshotVersion}.");
        }

        var away = _time.GetUtcNow().ToUnixTimeMilliseconds() - reader.ReadInt64();
        var ages = new SnapshotAges(
            _clock.Milliseconds, Math.Max(0, away), (long)(_limits.PeerLifetime - grace).TotalMilliseconds);
        for (var links = reader.ReadInt32(); links > 0; links--)
        {
            Link(new InfoHash(reader.ReadBytes(InfoHash.Length)), new InfoHash(reader.ReadBytes(InfoHash.Length)));
        }

        var peers = 0;
        while (reader.ReadByte() != 0)
        {
            var torrent = new InfoHash(reader.ReadBytes(InfoHash.Length));
            var swarm = Swarm.Read(reader, ages);
            var shard = ShardOf(torrent);
            lock (shard.Gate)
            {
                if (shard.Swarms.TryAdd(torrent, swarm))
                {
                    Interlocked.Increment(ref _swarmCount);
                    Interlocked.Add(ref _peerCount, swarm.PeerCount);
                    peers += swarm.PeerCount;
                }
            }
        }

        return peers;
    }

    private static ReadOnlyMemory<byte> Block(Action<BinaryWriter> write)
    {
        var block = new MemoryStream();
        using (var writer = new BinaryWriter(block))
        {
            write(writer);
        }

        return block.ToArray();
    }
}
