namespace OrchardTracker.Swarms;

/// <summary>Whose a passkey is, and what he may.</summary>
/// <param name="User">The user's number; 0 when the key is nobody's.</param>
/// <param name="Refusal">Why he may not announce with it; <see cref="Failure.None"/> when he may.</param>
/// <param name="IsSeedOnly">He may start no download that counts, for example because his ratio is too low.</param>
public readonly record struct PasskeyOwner(int User, Failure Refusal = Failure.None, bool IsSeedOnly = false);
