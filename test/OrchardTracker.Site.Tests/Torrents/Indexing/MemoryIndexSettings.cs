using OrchardCore.Indexing;

namespace OrchardTracker.Site.Tests.Torrents.Indexing;

/// <summary>Of a part or field: none is in the index but by the full text.</summary>
internal sealed class MemoryIndexSettings : IContentIndexSettings
{
    public bool Included { get; set; }

    public DocumentIndexOptions ToOptions() => DocumentIndexOptions.None;
}
