using System.Numerics;

namespace OrchardTracker.BitTorrent;

/// <summary>
/// Makes torrents (BEP 3, BEP 52) of files, folders and streams: one pass over the data, over all processors, in bounded
/// memory. The same input gives the same bytes.
/// </summary>
public static class TorrentCreator
{
    private const int ShortestChosenPiece = 16 << 10;
    private const int LongestChosenPiece = 16 << 20;
    private const int MostPieces = 2_048;

    /// <summary>
    /// The shortest piece with which there are at most 2,048 of them, but at least 16 KiB and at most 16 MiB: from 32 MiB
    /// to 32 GiB that makes 1,024 to 2,048 pieces.
    /// </summary>
    public static int ChoosePieceLength(long totalLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalLength);
        var needed = (totalLength / MostPieces) + (totalLength % MostPieces > 0 ? 1 : 0);
        return (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Clamp(needed, ShortestChosenPiece, LongestChosenPiece));
    }

    /// <summary>Makes a torrent of the file or folder at a path.</summary>
    /// <inheritdoc cref="CreateFromFolderAsync"/>
    public static Task<Metainfo> CreateFromPathAsync(
        string path,
        TorrentOptions? options = null,
        IProgress<HashingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Directory.Exists(path)
            ? CreateFromFolderAsync(path, options, progress, cancellationToken)
            : CreateFromFileAsync(path, options, progress, cancellationToken);

    /// <summary>Makes a torrent of one file, without a folder around it.</summary>
    /// <inheritdoc cref="CreateFromFolderAsync"/>
    public static Task<Metainfo> CreateFromFileAsync(
        string path,
        TorrentOptions? options = null,
        IProgress<HashingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        var name = options?.Name ?? file.Name;
        return CreateAsync(
            name, isSingleFile: true, _ => [FolderScanner.ScanFile(file, [name])], options, progress, cancellationToken);
    }

    /// <summary>
    /// Makes a torrent of all files below a folder. Hidden ones and symbolic links are left out unless the options say
    /// otherwise; empty folders cannot be part of a torrent, empty files can.
    /// </summary>
    /// <exception cref="TorrentCreationException">The files, or what is asked for, cannot become a torrent.</exception>
    /// <exception cref="SourceChangedException">A file was written to meanwhile.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static Task<Metainfo> CreateFromFolderAsync(
        string path,
        TorrentOptions? options = null,
        IProgress<HashingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return CreateAsync(
            options?.Name ?? folder.Name,
            isSingleFile: false,
            used => FolderScanner.ScanFolder(folder, used, cancellationToken),
            options,
            progress,
            cancellationToken);
    }

    /// <summary>
    /// Makes a torrent of one stream, read from where it stands to its end. It need not be seekable, and stays open. One
    /// that gives more or fewer bytes than <paramref name="length"/> fails the torrent.
    /// </summary>
    /// <inheritdoc cref="CreateFromFolderAsync"/>
    public static Task<Metainfo> CreateFromStreamAsync(
        string name,
        Stream stream,
        long length,
        TorrentOptions? options = null,
        IProgress<HashingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var used = options?.Name ?? name;
        var source = new TorrentSource([used], length, _ => ValueTask.FromResult(stream)) { LeaveOpen = true };
        return CreateAsync(used, isSingleFile: true, _ => [source], options, progress, cancellationToken);
    }

    /// <summary>Makes a torrent of several files from anywhere, in a folder of the given name.</summary>
    /// <inheritdoc cref="CreateFromFolderAsync"/>
    public static Task<Metainfo> CreateFromSourcesAsync(
        string name,
        IReadOnlyCollection<TorrentSource> sources,
        TorrentOptions? options = null,
        IProgress<HashingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(options?.Name ?? name, isSingleFile: false, _ => sources, options, progress, cancellationToken);

    private static async Task<Metainfo> CreateAsync(
        string name,
        bool isSingleFile,
        Func<TorrentOptions, IReadOnlyCollection<TorrentSource>> findSources,
        TorrentOptions? options,
        IProgress<HashingProgress>? progress,
        CancellationToken cancellationToken)
    {
        // What can fail early fails before hours of hashing: even what only a reader of the whole would find.
        options ??= new TorrentOptions();
        CheckUrls(options);
        var plan = await Task.Run(() => new TorrentPlan(name, isSingleFile, findSources(options), options), cancellationToken)
            .ConfigureAwait(false);
        var hasher = new PieceHasher(plan, progress, cancellationToken);
        await Task.Run(() => Write(plan, hasher, options), cancellationToken).ConfigureAwait(false);
        await hasher.HashAsync(options.Threads).ConfigureAwait(false);
        return Write(plan, hasher, options).With(MakeEdit(options));
    }

    private static Metainfo Write(TorrentPlan plan, PieceHasher hasher, TorrentOptions options)
    {
        try
        {
            return Metainfo.Parse(TorrentWriter.Write(plan, hasher, options), options.Limits);
        }
        catch (MetainfoException error)
        {
            throw new TorrentCreationException(error.Reason, error);
        }
    }

    private static void CheckUrls(TorrentOptions options)
    {
        string[] updateUrl = string.IsNullOrEmpty(options.UpdateUrl) ? [] : [options.UpdateUrl];
        var wrong = options.AnnounceTiers.SelectMany(tier => tier).Where(url => !TorrentUrl.IsTracker(url))
            .Concat(options.WebSeeds.Concat(options.HttpSeeds).Concat(updateUrl).Where(url => !TorrentUrl.IsWebSeed(url)))
            .FirstOrDefault();
        if (wrong is not null)
        {
            throw new TorrentCreationException("The address '{0}' is not one that is used here.", PathRules.Show(wrong));
        }
    }

    private static MetainfoEdit MakeEdit(TorrentOptions options) => new MetainfoEdit()
        .SetTrackers(options.AnnounceTiers)
        .SetWebSeeds(options.WebSeeds)
        .SetHttpSeeds(options.HttpSeeds)
        .SetNodes(options.Nodes)
        .SetComment(string.IsNullOrEmpty(options.Comment) ? null : options.Comment)
        .SetCreatedBy(string.IsNullOrEmpty(options.CreatedBy) ? null : options.CreatedBy)
        .SetCreationDate(options.CreationDate);
}
