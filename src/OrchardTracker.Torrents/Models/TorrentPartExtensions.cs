using OrchardTracker.BitTorrent;

namespace OrchardTracker.Torrents.Models;

public static class TorrentPartExtensions
{
    /// <summary>Takes over what the part says of a torrent's bytes. Trackers and web seeds are left as they are.</summary>
    public static void Describe(this TorrentPart part, Metainfo metainfo)
    {
        part.InfoHash = metainfo.TrackerHashes[0].ToString();
        part.InfoHashV2 = metainfo.InfoHashV2?.ToString();
        part.Name = metainfo.Name;
        part.Size = metainfo.TotalLength;
        part.FileCount = metainfo.Files.Count(file => !file.IsPadding);
        part.PieceLength = metainfo.PieceLength;
        part.PieceCount = metainfo.PieceCount;
        part.FileLength = metainfo.Bytes.Length;
        part.IsPrivate = metainfo.IsPrivate;
        part.MadeUtc = metainfo.CreationDate?.UtcDateTime;
        part.MadeBy = metainfo.CreatedBy;
    }

    /// <summary>The hashes under which clients announce the torrent, the first and the second of a hybrid; null without one.</summary>
    public static (InfoHash First, InfoHash? Second)? GetHashes(this TorrentPart part)
    {
        if (!InfoHash.TryParseHex(part.InfoHash, out var first))
        {
            return null;
        }

        return InfoHashV2.TryParseHex(part.InfoHashV2, out var v2) && v2.Truncated != first ? (first, v2.Truncated) : (first, null);
    }
}
