namespace OrchardTracker;

/// <summary>
/// Knows which user of the site stands behind a number in swarms. Scoped; registered only while the Tracker feature is
/// enabled.
/// </summary>
public interface ITrackerAccounts
{
    /// <param name="number">As in <see cref="Swarms.PeerView.User"/>.</param>
    /// <returns>The user's id; null when nobody has the number.</returns>
    Task<string?> FindUserIdAsync(int number);
}
