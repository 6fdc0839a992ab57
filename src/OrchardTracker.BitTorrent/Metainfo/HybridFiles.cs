namespace OrchardTracker.BitTorrent;

/// <summary>
/// Holds the two views of a hybrid torrent against each other (BEP 52): same files, same order, same place. If they
/// differed, two clients with the same torrent would download different things.
/// </summary>
internal static class HybridFiles
{
    /// <summary>Checks the v1 list, which knows of padding, against the v2 tree, and gives its files their roots.</summary>
    public static void Join(List<TorrentFile> list, List<TorrentFile> tree, int pieceLength)
    {
        var next = 0;
        foreach (var file in list.Where(file => !file.IsPadding))
        {
            if (next == tree.Count)
            {
                throw new MetainfoException(
                    "The v1 and the v2 part of the torrent disagree: only v1 has '{0}'.", PathRules.Show(file.FullPath));
            }

            var other = tree[next++];
            if (!file.Path.SequenceEqual(other.Path))
            {
                throw new MetainfoException(
                    "The v1 and the v2 part of the torrent disagree: v1 has '{0}' where v2 has '{1}'.",
                    PathRules.Show(file.FullPath), PathRules.Show(other.FullPath));
            }

            if (file.Length != other.Length)
            {
                throw new MetainfoException(
                    "The v1 and the v2 part of the torrent disagree: '{0}' has {1} bytes in v1 and {2} in v2.",
                    PathRules.Show(file.FullPath), file.Length, other.Length);
            }

            if (file.Length > 0 && file.Offset % pieceLength != 0)
            {
                throw new MetainfoException(
                    "The v1 and the v2 part of the torrent disagree: '{0}' does not begin with a piece in v1.",
                    PathRules.Show(file.FullPath));
            }

            file.PiecesRoot = other.PiecesRoot;
        }

        if (next < tree.Count)
        {
            throw new MetainfoException(
                "The v1 and the v2 part of the torrent disagree: only v2 has '{0}'.", PathRules.Show(tree[next].FullPath));
        }

        // Otherwise there were pieces made of padding alone, which v2 does not know.
        var end = list.Count == 0 ? 0 : list[^1].Offset + list[^1].Length;
        if (CountPieces(end, pieceLength) != tree.Sum(file => CountPieces(file.Length, pieceLength)))
        {
            throw new MetainfoException("The v1 and the v2 part of the torrent disagree: v1 has more padding than it needs.");
        }
    }

    private static long CountPieces(long length, int pieceLength) => (length + pieceLength - 1) / pieceLength;
}
