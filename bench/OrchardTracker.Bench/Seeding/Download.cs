using System.Diagnostics;
using System.Net.Sockets;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Bench;

/// <summary>
/// Downloads a torrent from one seeder, round by round, over connections that stay: aria2 and Transmission take up to ten
/// seconds to give a peer its slot. One thread does it for all peers.
/// </summary>
internal sealed class Download : IDisposable
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RunningSeeder _seeder;
    private readonly DownloadPlan _plan;
    private readonly List<DownloadingPeer> _peers = [];
    private readonly byte[] _buffer = new byte[256 << 10];
    private readonly List<double> _speeds = [];
    private readonly List<double> _costs = [];

    public Download(RunningSeeder seeder, Metainfo metainfo, int peers)
    {
        _seeder = seeder;
        _plan = new DownloadPlan(metainfo);
        try
        {
            // Whom it does not serve it lets go after a while, as aria2 does.
            for (var number = 0; number < Math.Min(peers, seeder.Slots); number++)
            {
                _peers.Add(DownloadingPeer.Connect(seeder, metainfo.InfoHashV1!.Value, _plan, number));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name => _seeder.Name;

    public int Peers => _peers.Count;

    /// <summary>Of each round, in 10^6 bytes a second.</summary>
    public IReadOnlyList<double> Speeds => _speeds;

    /// <summary>Of each round, the seeder's processor time in seconds for 10^9 bytes.</summary>
    public IReadOnlyList<double> Costs => _costs;

    /// <summary>Waits until all peers may ask.</summary>
    public void AwaitSlots()
    {
        var start = Stopwatch.GetTimestamp();
        while (!_peers.TrueForAll(peer => peer.IsUnchoked))
        {
            ReceiveFromReady(Patience - Stopwatch.GetElapsedTime(start));
        }
    }

    public void Measure()
    {
        var cpu = _seeder.Process.CpuSeconds;
        var (bytes, time) = Run();
        _costs.Add((_seeder.Process.CpuSeconds - cpu) / (bytes / 1e9));
        _speeds.Add(bytes / 1e6 / time.TotalSeconds);
    }

    /// <summary>Asks for as long as a round is, and takes all that it has asked for.</summary>
    public (long Bytes, TimeSpan Time) Run()
    {
        var (start, before) = (Stopwatch.GetTimestamp(), _plan.Received);
        while (true)
        {
            if (Stopwatch.GetElapsedTime(start) < RoundTime)
            {
                _peers.ForEach(peer => peer.Ask());
            }
            else if (_peers.TrueForAll(peer => peer.HasAll))
            {
                return (_plan.Received - before, Stopwatch.GetElapsedTime(start));
            }

            ReceiveFromReady(Patience);
        }
    }

    public void Dispose() => _peers.ForEach(peer => peer.Dispose());

    private void ReceiveFromReady(TimeSpan patience)
    {
        var ready = _peers.ConvertAll(peer => peer.Socket);
        Socket.Select(ready, null, null, patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        if (ready.Count == 0)
        {
            throw new TimeoutException($"{Name} keeps its peers waiting.");
        }

        foreach (var peer in _peers)
        {
            if (ready.Contains(peer.Socket))
            {
                peer.Receive(_buffer);
            }
        }
    }
}
