namespace OrchardTracker.Publishing;

/// <summary>An item that is not published yet: since when it rests, by the clock that never turns back.</summary>
internal sealed record FolderCandidate(string Mark, long Since);
