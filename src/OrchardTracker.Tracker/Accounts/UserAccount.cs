namespace OrchardTracker.Tracker.Accounts;

/// <summary>What a user has done in all.</summary>
/// <param name="Address">From where he announced last; null unless the site keeps that.</param>
public sealed record UserAccount(int Number, string UserId, AccountSums Sums, string? Address = null, DateTimeOffset? AddressAt = null);
