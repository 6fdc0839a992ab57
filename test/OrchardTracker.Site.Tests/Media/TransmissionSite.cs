using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace OrchardTracker.Site.Tests.Media;

/// <summary>
/// A site whose seeder is at this machine's address in its network: Transmission never calls peers at 127.*, whatever a
/// tracker says.
/// </summary>
public sealed class TransmissionSite : ClientSite
{
    public static string? OwnAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .FirstOrDefault(unicast => unicast.Address.AddressFamily == AddressFamily.InterNetwork)?.Address.ToString();

    protected override string SeederAddress => OwnAddress ?? base.SeederAddress;
}
