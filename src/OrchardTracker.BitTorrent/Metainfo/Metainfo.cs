using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// A torrent: v1 (BEP 3), v2 or hybrid (BEP 52). The bytes it was read from are kept and never change; what is edited
/// makes a new one around the same <c>info</c>, so that the torrent stays the one clients know.
/// </summary>
public sealed partial class Metainfo
{
    private readonly InfoDictionary _info;
    private readonly OuterDictionary _outer;

    private Metainfo(ReadOnlyMemory<byte> bytes, InfoDictionary info, OuterDictionary outer, IReadOnlyList<MetainfoMessage> warnings)
    {
        Bytes = bytes;
        _info = info;
        _outer = outer;
        Warnings = warnings;
        TrackerHashes = (InfoHashV1, InfoHashV2?.Truncated) switch
        {
            ({ } v1, { } v2) => [v1, v2],
            ({ } v1, null) => [v1],
            var (_, v2) => [v2.GetValueOrDefault()],
        };
        TotalLength = info.Files.Where(file => !file.IsPadding).Sum(file => file.Length);
    }

    /// <summary>The whole .torrent file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes of <c>info</c>, exactly as they were read: the info-hashes are theirs.</summary>
    public ReadOnlyMemory<byte> InfoBytes => _info.Bytes;

    /// <summary>The name of the file, or of the folder around the files.</summary>
    public string Name => _info.Name;

    public MetainfoVersion Version => _info.Version;

    /// <summary>SHA-1 of <see cref="InfoBytes"/>; null for a torrent that is v2 only.</summary>
    public InfoHash? InfoHashV1 => _info.HashV1;

    /// <summary>SHA-256 of <see cref="InfoBytes"/>; null for a torrent that is v1 only.</summary>
    public InfoHashV2? InfoHashV2 => _info.HashV2;

    /// <summary>The hashes under which clients announce the torrent: v1 first, then the truncated v2 one. A hybrid has both.</summary>
    public IReadOnlyList<InfoHash> TrackerHashes { get; }

    /// <summary>Whether the torrent is one file without a folder around it.</summary>
    public bool IsSingleFile => _info.IsSingleFile;

    /// <summary>All files in the order of their bytes, padding (BEP 47) included.</summary>
    public IReadOnlyList<TorrentFile> Files => _info.Files;

    /// <summary>Bytes of all files together, without padding.</summary>
    public long TotalLength { get; }

    /// <summary>In bytes.</summary>
    public int PieceLength => _info.PieceLength;

    public int PieceCount => _info.PieceCount;

    /// <summary>Peers may come from the torrent's own trackers only (BEP 27).</summary>
    public bool IsPrivate => _info.IsPrivate;

    /// <summary>Where the torrent belongs. It stands in <c>info</c>, so that the same files have another hash elsewhere.</summary>
    public string? Source => _info.Source;

    /// <summary>
    /// Where clients may ask for a newer version (BEP 39). By that BEP it stands in <c>info</c>, so it cannot be changed
    /// afterwards.
    /// </summary>
    public string? UpdateUrl => _info.UpdateUrl ?? _outer.UpdateUrl;

    /// <summary>Trackers by tier: the next tier counts when all of the one before fail (BEP 12).</summary>
    public IReadOnlyList<IReadOnlyList<string>> AnnounceTiers => _outer.AnnounceTiers;

    /// <summary>Web servers that have the files (<c>url-list</c>, BEP 19).</summary>
    public IReadOnlyList<string> WebSeeds => _outer.WebSeeds;

    /// <summary>Web servers that serve pieces by script (<c>httpseeds</c>, BEP 17).</summary>
    public IReadOnlyList<string> HttpSeeds => _outer.HttpSeeds;

    /// <summary>Nodes of the DHT to begin with (BEP 5).</summary>
    public IReadOnlyList<DhtNode> Nodes => _outer.Nodes;

    public DateTimeOffset? CreationDate => _outer.CreationDate;

    public string? CreatedBy => _outer.CreatedBy;

    public string? Comment => _outer.Comment;

    /// <summary>The encoding that the torrent claims for its text. Text is given decoded here.</summary>
    public string? Encoding => _outer.Encoding;

    /// <summary>SHA-1 hashes of all pieces, 20 bytes each (BEP 3). Empty for a torrent that is v2 only.</summary>
    public ReadOnlyMemory<byte> PieceHashesV1 => _info.PieceHashesV1;

    /// <summary>What is odd about the torrent, though it works: of each kind the first case.</summary>
    public IReadOnlyList<MetainfoMessage> Warnings { get; }

    /// <summary>
    /// Reads a torrent. The memory is kept, not copied: it must not change afterwards.
    /// </summary>
    /// <exception cref="MetainfoException">The bytes are not a torrent, or one with a fault; the message says which.</exception>
    public static Metainfo Parse(ReadOnlyMemory<byte> bytes, MetainfoLimits? limits = null)
    {
        limits ??= MetainfoLimits.Default;
        if (bytes.Length > limits.MaxBytes)
        {
            throw new MetainfoException("The torrent is {0} bytes long; {1} are allowed.", bytes.Length, limits.MaxBytes);
        }

        try
        {
            var warnings = new WarningList();
            var outer = OuterReader.Read(bytes, limits, warnings);
            if (outer.Find("info"u8) is not { } raw || raw.Span[0] != (byte)'d')
            {
                throw new MetainfoException("This is not a torrent: it has no 'info' dictionary.");
            }

            var info = InfoReader.Read(raw, limits, outer.Text, warnings);
            if (info.Version != MetainfoVersion.V1)
            {
                PieceLayers.Attach(info, outer.Find("piece layers"u8), limits, warnings);
            }

            return new Metainfo(bytes, info, outer, warnings.Messages);
        }
        catch (BencodeException error)
        {
            throw new MetainfoException(new MetainfoMessage("This is not a torrent, or a damaged one. {0}", error.Message), error);
        }
    }

    /// <summary>Reads a torrent, or says in <paramref name="reason"/> why it cannot be read.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out Metainfo? metainfo,
        [NotNullWhen(false)] out MetainfoMessage? reason,
        MetainfoLimits? limits = null)
    {
        try
        {
            metainfo = Parse(bytes, limits);
            reason = null;
            return true;
        }
        catch (MetainfoException error)
        {
            metainfo = null;
            reason = error.Reason;
            return false;
        }
    }

    /// <summary>The torrent's bytes with some of what stands around <c>info</c> changed; <c>info</c> itself is copied as it is.</summary>
    public byte[] ToBytes(MetainfoEdit edit)
    {
        var parts = edit.Apply(_outer.Entries);
        var bytes = new byte[parts.Sum(part => part.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(bytes.AsSpan(position));
            position += part.Length;
        }

        return bytes;
    }

    /// <summary>As <see cref="ToBytes"/>, straight into a buffer.</summary>
    public void WriteTo(IBufferWriter<byte> output, MetainfoEdit edit)
    {
        foreach (var part in edit.Apply(_outer.Entries))
        {
            output.Write(part.Span);
        }
    }

    /// <summary>The same torrent with some of what stands around <c>info</c> changed. <c>info</c> is not read again.</summary>
    public Metainfo With(MetainfoEdit edit)
    {
        var bytes = ToBytes(edit);
        var warnings = new WarningList();
        var outer = OuterReader.Read(bytes, new MetainfoLimits { MaxBytes = int.MaxValue }, warnings);
        return new Metainfo(bytes, _info, outer, warnings.Messages);
    }
}
