namespace OrchardTracker.Interop.Tests.Node;

public enum ClientKind
{
    Aria2,
    Libtorrent,
    Transmission,
}
