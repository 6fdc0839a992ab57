namespace OrchardTracker.Torrents.Foreign;

/// <summary>A tracker that torrents of the site name beside the site's own.</summary>
/// <param name="Url">With whatever secret stands in it: show it by <see cref="Services.TrackerUrl"/>.</param>
/// <param name="Torrents">How many published torrents name it.</param>
/// <param name="Asked">How often it was asked.</param>
/// <param name="Answered">How often it answered so that it could be used.</param>
/// <param name="Failures">How often it has failed one time after the other.</param>
/// <param name="Batch">About how many torrents it is asked at once.</param>
/// <param name="Milliseconds">How long its last answer took.</param>
/// <param name="Fault">Why the last question has failed; null when it has not.</param>
public sealed record ForeignTracker(
    long Id, string Url, int Torrents, int Asked, int Answered, int Failures, int Batch, int Milliseconds, DateTimeOffset? LastAnswer, string? Fault)
{
    /// <summary>The part of the questions that it answered, from 0 to 1; null before the first.</summary>
    public double? Uptime => Asked > 0 ? (double)Answered / Asked : null;
}
