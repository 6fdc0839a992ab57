namespace OrchardTracker.Tracker.Ports;

internal enum PortKind
{
    Http,
    Udp,
}
