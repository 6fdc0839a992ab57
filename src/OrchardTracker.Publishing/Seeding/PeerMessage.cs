namespace OrchardTracker.Publishing;

/// <summary>The messages of the peer protocol: BEP 3, those from 13 to 17 of BEP 6, the last of BEP 10.</summary>
internal enum PeerMessage : byte
{
    Choke = 0,
    Unchoke = 1,
    Interested = 2,
    NotInterested = 3,
    Have = 4,
    Bitfield = 5,
    Request = 6,
    Piece = 7,
    Cancel = 8,
    Port = 9,
    SuggestPiece = 13,
    HaveAll = 14,
    HaveNone = 15,
    RejectRequest = 16,
    AllowedFast = 17,
    Extended = 20,
}
