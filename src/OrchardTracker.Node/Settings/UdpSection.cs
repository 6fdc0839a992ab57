namespace OrchardTracker.Node;

/// <summary>Settings below <c>Tracker:Udp:</c>.</summary>
/// <param name="Sockets">0 for one a processor, four at the most.</param>
public sealed record UdpSection(bool IsEnabled, int Sockets);
