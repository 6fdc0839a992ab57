namespace OrchardTracker.Swarms;

/// <summary>An announce as a client sent it, read but not yet let in: a value without strings.</summary>
public struct AnnounceRequest
{
    /// <summary>What <see cref="PeerAnnounce.Wanted"/> says when the client did not.</summary>
    public const int WantedNotSaid = -1;

    /// <summary>All but the user and the number of peers, which the engine decides.</summary>
    public PeerAnnounce Peer;

    public PasskeyPresence PasskeyPresence;
    public Passkey Passkey;

    /// <summary>The client takes the packed form of peers (BEP 23).</summary>
    public bool IsCompact;

    /// <summary>In a list of dictionaries the client needs no peer ids (BEP 3's <c>no_peer_id</c>).</summary>
    public bool OmitsPeerIds;
}
