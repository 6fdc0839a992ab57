namespace OrchardTracker.MediaTorrent.Access;

/// <summary>By which definitions the references were found that the index has. A document of the tenant's database.</summary>
public sealed class MediaReferenceState
{
    /// <summary>The database's own number.</summary>
    public long Id { get; set; }

    /// <summary>The format of the index, and the fields that offer their files.</summary>
    public string Definitions { get; set; } = "";

    /// <summary>Those by which all content items are being looked at; null when that has come to its end.</summary>
    public string? NextDefinitions { get; set; }

    /// <summary>The last document that was looked at by them.</summary>
    public long Position { get; set; }
}
