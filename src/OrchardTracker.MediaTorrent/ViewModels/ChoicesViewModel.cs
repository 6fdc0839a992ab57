using OrchardTracker.BitTorrent;
using OrchardTracker.MediaTorrent.Settings;

namespace OrchardTracker.MediaTorrent.ViewModels;

/// <summary><see cref="MediaChoices"/> in a form.</summary>
public class ChoicesViewModel
{
    public bool Make { get; set; }

    public MediaScope Scope { get; set; }

    public MetainfoVersion Version { get; set; }

    /// <summary>In KiB; 0 for one that suits the file.</summary>
    public int PieceKiB { get; set; }

    public bool IsPrivate { get; set; }

    public bool HasWebSeed { get; set; }

    public bool IsPublished { get; set; }

    public bool IsListed { get; set; }

    public bool IsTorrentOnly { get; set; }

    public void Fill(MediaChoices choices)
    {
        Make = choices.Make;
        Scope = choices.Scope;
        Version = choices.Version;
        PieceKiB = (choices.PieceLength ?? 0) / 1024;
        IsPrivate = choices.IsPrivate;
        HasWebSeed = choices.HasWebSeed;
        IsPublished = choices.IsPublished;
        IsListed = choices.IsListed;
        IsTorrentOnly = choices.IsTorrentOnly;
    }

    public MediaChoices ToChoices() => new()
    {
        Make = Make,
        Scope = Scope,
        Version = Version,
        PieceLength = PieceKiB == 0 ? null : PieceKiB * 1024,
        IsPrivate = IsPrivate,
        HasWebSeed = HasWebSeed,
        IsPublished = IsPublished,
        IsListed = IsListed,
        IsTorrentOnly = IsTorrentOnly,
    };
}
