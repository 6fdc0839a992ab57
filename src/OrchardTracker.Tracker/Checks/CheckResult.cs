namespace OrchardTracker.Tracker.Checks;

/// <summary>What a check of the tracker has shown.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Detail">What was seen, and what to mend.</param>
public sealed record CheckResult(CheckState State, string Subject, string Detail);
