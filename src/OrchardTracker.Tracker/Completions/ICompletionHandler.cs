namespace OrchardTracker.Tracker.Completions;

/// <summary>Is told of completed downloads, some seconds later and many at once. Scoped; there may be none.</summary>
internal interface ICompletionHandler
{
    Task HandleAsync(IReadOnlyList<Completion> completions);
}
