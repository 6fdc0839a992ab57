using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OrchardTracker.Node;

/// <summary>Where the web server listens, known once it does.</summary>
internal sealed class ListeningPort(IServer server)
{
    /// <summary>Addresses such as <c>http://127.0.0.1:6969</c>.</summary>
    public IReadOnlyCollection<string> Addresses => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>The port, even if the system chose it.</summary>
    public int Value => Addresses.Select(address => BindingAddress.Parse(address).Port).FirstOrDefault();
}
