namespace OrchardTracker.Torrents.TextSearch;

/// <summary>Stands in where the site has no indexes.</summary>
internal sealed class NoTextIndex : ITextIndex
{
    public Task<IReadOnlyList<string>?> SearchAsync(string text) => Task.FromResult<IReadOnlyList<string>?>(null);

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>([]);
}
