namespace OrchardTracker.Publishing;

/// <summary>A job and how far it has come.</summary>
public readonly record struct PublishingStatus(PublishingJob Job, PublishingProgress Progress);
