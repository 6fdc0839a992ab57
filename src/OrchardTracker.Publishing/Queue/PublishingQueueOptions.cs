namespace OrchardTracker.Publishing;

/// <summary>How a queue works. Immutable.</summary>
public sealed record PublishingQueueOptions
{
    /// <summary>Jobs at once. Hashing one already uses all cores where the disk can keep up, so one is the rule.</summary>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>Runs of a job whose storage fails, before it counts as failed.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Before the second run; doubled before each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Jobs that are done and still shown; the oldest are forgotten first. Failed ones stay until they are removed.</summary>
    public int MaxDone { get; init; } = 100;
}
