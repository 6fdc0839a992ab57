namespace OrchardTracker.Torrents.ViewModels;

/// <summary>What is to become of one uploaded file.</summary>
public sealed class UploadSaveItem
{
    /// <summary>Of the file in its batch.</summary>
    public int Number { get; set; }

    public bool Save { get; set; }

    /// <summary>Whether its trackers and web seeds are to be added to the item that has the torrent already.</summary>
    public bool Merge { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>By the key of the facet; names of tags are parted by commas.</summary>
    public Dictionary<string, string?> Terms { get; set; } = [];
}
