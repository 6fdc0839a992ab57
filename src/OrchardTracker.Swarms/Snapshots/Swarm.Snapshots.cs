using System.Runtime.InteropServices;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Swarms;

internal sealed partial class Swarm
{
    public void Write(BinaryWriter writer, long now)
    {
        writer.Write(_completed);
        writer.Write(PeerCount == 0 ? now - EmptySince : 0);
        Write(writer, _first.V4, now);
        Write(writer, _first.V6, now);
        Write(writer, _second.V4, now);
        Write(writer, _second.V6, now);
    }

    public static Swarm Read(BinaryReader reader, in SnapshotAges ages)
    {
        var swarm = new Swarm { _completed = reader.ReadInt32(), EmptySince = ages.Now - reader.ReadInt64() };
        swarm._first.V4 = swarm.ReadList<Endpoint4>(reader, ages);
        swarm._first.V6 = swarm.ReadList<Endpoint6>(reader, ages);
        swarm._second.V4 = swarm.ReadList<Endpoint4>(reader, ages);
        swarm._second.V6 = swarm.ReadList<Endpoint6>(reader, ages);
        return swarm;
    }

    private static void Write<TEndpoint>(BinaryWriter writer, PeerListOf<TEndpoint>? list, long now)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        var hasAccounts = list is { Count: > 0, HasAccounts: true };
        writer.Write(list?.Count ?? 0);
        writer.Write(hasAccounts);
        for (var position = 0; position < (list?.Count ?? 0); position++)
        {
            ref var peer = ref list![position];
            writer.Write(MemoryMarshal.AsBytes(list.Endpoints.Slice(position, 1)));
            writer.Write(peer.Id.Bytes);
            writer.Write(peer.Key);
            writer.Write(peer.User);
            writer.Write((ushort)SwarmClock.AgeInTicks(SwarmClock.ToTick(now), peer.LastSeen));
            writer.Write((byte)peer.Flags);
            writer.Write(list.IsSeeder(position));
            if (hasAccounts)
            {
                ref var account = ref list.Account(position);
                writer.Write(account.Uploaded);
                writer.Write(account.Downloaded);
                writer.Write(account.Corrupt);
                writer.Write(account.Left);
                writer.Write(now - account.SeenAt);
            }
        }
    }

    private PeerListOf<TEndpoint>? ReadList<TEndpoint>(BinaryReader reader, in SnapshotAges ages)
        where TEndpoint : unmanaged, IPackedEndpoint<TEndpoint>
    {
        var count = reader.ReadInt32();
        var hasAccounts = reader.ReadBoolean();
        if (count == 0)
        {
            return null;
        }

        var list = new PeerListOf<TEndpoint>();
        Span<TEndpoint> endpoint = stackalloc TEndpoint[1];
        Span<byte> id = stackalloc byte[PeerId.Length];
        for (; count > 0; count--)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(endpoint));
            reader.BaseStream.ReadExactly(id);
            var peer = new PeerInfo
            {
                Id = new PeerId(id),
                Key = reader.ReadUInt32(),
                User = reader.ReadInt32(),
                LastSeen = SwarmClock.ToTick(ages.SeenAt(reader.ReadUInt16() * SwarmClock.SecondsPerTick * 1000L)),
                Flags = (PeerFlags)reader.ReadByte(),
            };
            var position = list.Add(endpoint[0], peer, reader.ReadBoolean());
            if (peer.Is(PeerFlags.Counted))
            {
                Change(list.IsSeeder(position), peer.Is(PeerFlags.Partial), 1);
            }

            if (hasAccounts)
            {
                list.Account(position) = new PeerAccount
                {
                    Uploaded = reader.ReadInt64(),
                    Downloaded = reader.ReadInt64(),
                    Corrupt = reader.ReadInt64(),
                    Left = reader.ReadInt64(),
                    SeenAt = ages.SeenAt(reader.ReadInt64()),
                };
            }
        }

        return list;
    }
}
