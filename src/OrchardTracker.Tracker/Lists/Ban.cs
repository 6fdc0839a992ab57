namespace OrchardTracker.Tracker.Lists;

/// <summary>Somebody who may not announce.</summary>
/// <param name="Id">0 for one that is not stored yet.</param>
/// <param name="Value">A network, the id of a user, or the beginning of a peer id.</param>
/// <param name="Name">The user's name, or the client's.</param>
/// <param name="EndsAt">Null for a ban without an end.</param>
public sealed record Ban(
    int Id,
    BanKind Kind,
    string Value,
    string? Name,
    string? Reason,
    DateTimeOffset? EndsAt,
    string? AddedBy = null,
    DateTimeOffset AddedAt = default);
