namespace OrchardTracker.MediaTorrent.Settings;

/// <summary>Where one file differs from its rule; null where it does not.</summary>
public sealed record MediaOverride(bool? Make = null, bool? IsTorrentOnly = null, bool? IsListed = null)
{
    public MediaChoices ApplyTo(MediaChoices choices) => choices with
    {
        Make = Make ?? choices.Make,
        IsTorrentOnly = IsTorrentOnly ?? choices.IsTorrentOnly,
        IsListed = IsListed ?? choices.IsListed,
    };
}
