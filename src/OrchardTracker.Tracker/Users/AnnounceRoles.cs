using System.Collections.Frozen;

namespace OrchardTracker.Tracker.Users;

/// <summary>Who may announce: by role, as the site's permissions say. A value that can be compared.</summary>
/// <param name="Everybody">Whoever has an account, for example because the role Authenticated may.</param>
/// <param name="Roles">Normalised names of the roles that may.</param>
/// <param name="SuperUser">The id of the user who may everything.</param>
public sealed record AnnounceRoles(bool Everybody, FrozenSet<string> Roles, string? SuperUser)
{
    public bool Permits(string userId, IEnumerable<string> normalizedRoles) =>
        Everybody || string.Equals(userId, SuperUser, StringComparison.OrdinalIgnoreCase) || normalizedRoles.Any(Roles.Contains);

    public bool Equals(AnnounceRoles? other) =>
        other is not null && Everybody == other.Everybody && SuperUser == other.SuperUser && Roles.SetEquals(other.Roles);

    public override int GetHashCode() => HashCode.Combine(Everybody, SuperUser, Roles.Count);
}
