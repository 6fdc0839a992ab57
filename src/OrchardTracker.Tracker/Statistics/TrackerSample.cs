namespace OrchardTracker.Tracker.Statistics;

/// <summary>How a tracker fared for some seconds.</summary>
/// <param name="Announces">A second, of those that were served or refused.</param>
/// <param name="Failures">Refused requests a second.</param>
public readonly record struct TrackerSample(DateTimeOffset At, double Announces, double Failures, int Seeders, int Leechers);
