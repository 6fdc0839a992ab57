namespace OrchardTracker.Tracker.Users;

/// <summary>A user of the site as the tracker has him.</summary>
/// <param name="Number">Stands for him in swarms and accounts.</param>
/// <param name="Generation">Grows by one with each new passkey.</param>
/// <param name="FirstGeneration">
/// That of his first passkey. It is not 0 but the time: were he deleted and made again under his id, for example by an
/// import, his old passkeys would count again.
/// </param>
public sealed record TrackerUser(int Number, string UserId, long Generation, long FirstGeneration);
