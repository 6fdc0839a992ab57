namespace OrchardTracker.Tracker.Lists;

/// <summary>Whom a ban is about. Stored as a number: never change one.</summary>
public enum BanKind
{
    /// <summary>An address, or a network of addresses.</summary>
    Address = 0,

    /// <summary>A user of the site, by his id.</summary>
    User = 1,

    /// <summary>Clients, by the beginning of their peer id.</summary>
    Client = 2,
}
