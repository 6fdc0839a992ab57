namespace OrchardTracker.BitTorrent;

/// <summary>What becomes of symbolic links inside a folder that is made into a torrent.</summary>
public enum SymbolicLinkPolicy
{
    /// <summary>They are left out, so that nothing outside of the folder is published by accident.</summary>
    Skip,

    /// <summary>What they point to is taken in their place, wherever it lies. A link that leads back into itself is left out.</summary>
    Follow,
}
