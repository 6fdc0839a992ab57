using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using OrchardTracker.BitTorrent;

namespace OrchardTracker.Publishing;

/// <summary>
/// Gives files to BitTorrent clients: the upload side of the peer protocol (BEP 3) with fast extension (BEP 6) and
/// metadata exchange (BEP 9, 10), so that a magnet link works with no other peer. TCP, IPv4 and IPv6, one port for all
/// torrents. Thread-safe.
/// </summary>
public sealed class Seeder : IAsyncDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<InfoHash, SeededTorrent> _torrents = new();
    private readonly PeerRoom _room;
    private readonly SeederAnnouncer? _announcer;
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private Task _tending = Task.CompletedTask;
    private long _uploaded;

    /// <param name="tracker">Who is told of the torrents; nobody when null.</param>
    public Seeder(SeederOptions options, ISeedTracker? tracker, TimeProvider time)
    {
        options.ThrowIfUnusable();
        Options = options;
        Time = time;
        Rate = new RateBucket(options.MaxRate, time);
        Slots = new UploadSlots(options.UploadSlots, options.SlotTime);
        _room = new PeerRoom(options);
        _announcer = tracker is null ? null : new SeederAnnouncer(this, tracker);
        Span<byte> id = stackalloc byte[PeerId.Length];
        "-OR0010-"u8.CopyTo(id);
        RandomNumberGenerator.Fill(id[8..]);
        PeerId = new PeerId(id);
    }

    /// <summary>
    /// A torrent's bytes could not be read, or something else went wrong that the seeder outlives: for logs. Raised on the
    /// flow of a connection or of the seeder; it must not throw.
    /// </summary>
    public event Action<SeededTorrent?, Exception>? Faulted;

    public SeederOptions Options { get; }

    public PeerId PeerId { get; }

    /// <summary>Where it listens; 0 until it does.</summary>
    public int Port { get; private set; }

    public int Connections => _room.Count;

    /// <summary>Bytes of files sent since the start.</summary>
    public long Uploaded => Interlocked.Read(ref _uploaded);

    public IReadOnlyCollection<SeededTorrent> Torrents => [.. _torrents.Values.Distinct()];

    internal TimeProvider Time { get; }

    internal RateBucket Rate { get; }

    internal UploadSlots Slots { get; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">The port is in use, or may not be used.</exception>
    public void Start()
    {
        var isDual = Options.Address.Equals(IPAddress.IPv6Any);
        var address = isDual && !Socket.OSSupportsIPv6 ? IPAddress.Any : Options.Address;
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                listener.DualMode = isDual;
            }

            listener.Bind(new IPEndPoint(address, Options.Port));
            listener.Listen(512);
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
        _tending = Task.Run(TendAsync);
    }

    /// <summary>Seeds a torrent from now on, in place of one that has a hash with it in common.</summary>
    public void Add(SeededTorrent torrent)
    {
        foreach (var infoHash in torrent.InfoHashes)
        {
            Remove(infoHash);
        }

        foreach (var infoHash in torrent.InfoHashes)
        {
            _torrents[infoHash] = torrent;
        }

        _announcer?.Begin(torrent);
    }

    /// <summary>Seeds a torrent no more, and lets its peers go.</summary>
    /// <returns>False when there was none.</returns>
    public bool Remove(InfoHash infoHash)
    {
        if (!_torrents.TryRemove(infoHash, out var torrent))
        {
            return false;
        }

        foreach (var other in torrent.InfoHashes)
        {
            _torrents.TryRemove(new KeyValuePair<InfoHash, SeededTorrent>(other, torrent));
        }

        _announcer?.End(torrent);
        _room.CloseAll(torrent);
        torrent.Close();
        return true;
    }

    /// <summary>The torrent with the hash, v1 or truncated v2; null when it is not seeded.</summary>
    public SeededTorrent? Find(InfoHash infoHash) => _torrents.GetValueOrDefault(infoHash);

    /// <summary>Tells the tracker that it leaves, and lets all peers go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener?.Dispose();
        await Task.WhenAll(_accepting, _tending);
        foreach (var torrent in Torrents)
        {
            Remove(torrent.InfoHashes[0]);
        }

        await _room.CloseAllAsync();
        _stopping.Dispose();
    }

    internal void Remove(PeerConnection connection) => _room.Remove(connection);

    internal void LetGo(SeededTorrent torrent) => _room.CloseAll(torrent);

    internal void CountUploaded(int bytes) => Interlocked.Add(ref _uploaded, bytes);

    internal void ReportFault(SeededTorrent? torrent, Exception error) => Faulted?.Invoke(torrent, error);

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener!.AcceptAsync(_stopping.Token);
                _room.Enter(this, socket);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                if (error is not SocketException)
                {
                    ReportFault(null, error);
                }

                // No descriptor free, or the peer was gone at once: the next may have more luck.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task TendAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                var now = Environment.TickCount64;
                TendPeers(now);
                foreach (var (_, torrent) in _torrents)
                {
                    Tend(torrent, now);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private void TendPeers(long now)
    {
        try
        {
            Slots.Rotate(now);
            _room.Tend(now);
        }
        catch (Exception error)
        {
            ReportFault(null, error);
        }
    }

    // The tracker is somebody else's: what one torrent meets there is none of the others' business.
    private void Tend(SeededTorrent torrent, long now)
    {
        try
        {
            torrent.CloseIdle(now, IdleTime);
            _announcer?.Tend(torrent, now);
        }
        catch (Exception error)
        {
            ReportFault(torrent, error);
        }
    }
}
