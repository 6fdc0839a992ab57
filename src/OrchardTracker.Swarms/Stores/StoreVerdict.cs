namespace OrchardTracker.Swarms;

/// <summary>Whether a store could remember the peer.</summary>
public enum StoreVerdict : byte
{
    Stored,

    /// <summary>There is room for no more swarms: the announce is refused.</summary>
    TooManySwarms,

    /// <summary>
    /// There is room for no more peers: the client is not given to others. It is given peers, unless it is a user's: what
    /// he does could not go to his account.
    /// </summary>
    TooManyPeers,

    /// <summary>The user has as many peers in this swarm as one may have: this one is given none and is not given to others.</summary>
    TooManyPeersOfUser,

    /// <summary>The client was to be taken only if it was a peer already, and was not: nothing has changed.</summary>
    NotKnown,
}
