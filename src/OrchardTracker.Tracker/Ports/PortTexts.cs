using Microsoft.Extensions.Localization;

namespace OrchardTracker.Tracker.Ports;

/// <summary>Says to an administrator why a port cannot be had, and what helps.</summary>
internal sealed class PortTexts(IStringLocalizer<PortTexts> localizer)
{
    internal readonly IStringLocalizer S = localizer;

    public LocalizedString Of(PortFault fault) => (fault.Kind, fault.Trouble) switch
    {
        (PortKind.Http, PortTrouble.OfAnotherTenant) => S["Port {0} for HTTP belongs to the tracker of another site on this server. Choose another port.", fault.Port],
        (PortKind.Udp, PortTrouble.OfAnotherTenant) => S["Port {0} for UDP belongs to the tracker of another site on this server. Choose another port.", fault.Port],
        (PortKind.Http, PortTrouble.Taken) => S["Port {0} for HTTP is taken by another program on this server. Stop that one, or choose another port.", fault.Port],
        (PortKind.Udp, PortTrouble.Taken) => S["Port {0} for UDP is taken by another program on this server. Stop that one, or choose another port.", fault.Port],
        (_, PortTrouble.NotPermitted) => S["Port {0} is not for everybody. Choose one above 1023, or give the site the right to it.", fault.Port],
        (_, PortTrouble.AddressUnknown) => S["The address of the ports is none of this server."],
        _ => S["Port {0} cannot be opened: {1}", fault.Port, fault.Detail],
    };
}
