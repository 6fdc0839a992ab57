using System.Text.Json.Serialization;
using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.Entries;

/// <summary>
/// A file or folder of the media store that has a torrent, or is to have one. A document of the tenant's database.
/// </summary>
public sealed class MediaEntry
{
    /// <summary>The database's own number.</summary>
    public long Id { get; set; }

    /// <summary>Stays the same through renames, moves and new contents.</summary>
    public required string EntryId { get; set; }

    /// <summary>In the media store.</summary>
    public required string Path { get; set; }

    /// <summary>Whether the torrent is of all files below the path.</summary>
    public bool IsFolder { get; set; }

    public MediaEntryState State { get; set; }

    /// <summary>In bytes, as last seen; of all files of a folder.</summary>
    public long Length { get; set; }

    /// <summary>When the file was last written to, as last seen: ticks of the UTC time, which no database rounds.</summary>
    public long ModifiedTicks { get; set; }

    /// <summary>Of a folder, what its torrent was made of: a hash of all paths, lengths and times.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The name within the torrent: it stays when the file is renamed, since another name is another torrent.</summary>
    public string? TorrentName { get; set; }

    /// <summary>The hash the torrent is stored under, in hexadecimal: v1, or the truncated one of v2.</summary>
    public string? InfoHash { get; set; }

    /// <summary>The truncated second hash of a hybrid.</summary>
    public string? InfoHashV2 { get; set; }

    /// <summary>The files have other bytes now than their torrent says.</summary>
    public bool IsStale { get; set; }

    /// <summary>The torrent says that it is private (BEP 27).</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Not everybody may have it, as last seen.</summary>
    public bool IsRestricted { get; set; }

    /// <summary>
    /// The files that not everybody may have because of the content items they belong to, as last seen. When such an item
    /// is removed, a hidden original does not become everybody's: somebody has to show it, or to list its torrent.
    /// </summary>
    public IReadOnlyList<string> WithheldPaths { get; set; } = [];

    /// <summary>It has a content item of the Torrents feature, which tells the tracker of it.</summary>
    public bool IsInCatalog { get; set; }

    /// <summary>Clients may fetch it over HTTP while it is visible.</summary>
    public bool HasWebSeed { get; set; }

    /// <summary>Where an editor has decided otherwise than the rules.</summary>
    public MediaOverride Override { get; set; } = new();

    /// <summary>Why there is no torrent: a text to translate, with places for <see cref="ErrorArguments"/>.</summary>
    public string? Error { get; set; }

    public IList<string> ErrorArguments { get; set; } = [];

    public DateTime CreatedUtc { get; set; }

    /// <summary>When the torrent was made, failed or was taken down.</summary>
    public DateTime? FinishedUtc { get; set; }

    /// <summary>Torrents of earlier contents, the latest last.</summary>
    public IList<FormerTorrent> Former { get; set; } = [];

    /// <summary>Whether there is a torrent that may be handed out.</summary>
    [JsonIgnore]
    public bool HasTorrent => InfoHash is not null && State is not (MediaEntryState.Removed or MediaEntryState.Off);

    /// <summary>The hashes that clients announce: none, one, or both of a hybrid.</summary>
    public IReadOnlyList<InfoHash> GetHashes() =>
        (BitTorrent.InfoHash.TryParseHex(InfoHash, out var first), BitTorrent.InfoHash.TryParseHex(InfoHashV2, out var second)) switch
        {
            (true, true) => [first, second],
            (true, false) => [first],
            _ => [],
        };

    public void ClearError()
    {
        Error = null;
        ErrorArguments = [];
        FinishedUtc = null;
    }
}
