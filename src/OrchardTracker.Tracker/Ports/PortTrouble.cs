namespace OrchardTracker.Tracker.Ports;

/// <summary>Why a port cannot be had.</summary>
internal enum PortTrouble
{
    /// <summary>Another tenant of this process has it.</summary>
    OfAnotherTenant,

    /// <summary>Another program has it, or this one for its pages.</summary>
    Taken,

    /// <summary>The system lets only privileged programs have it.</summary>
    NotPermitted,

    /// <summary>The machine has no such address.</summary>
    AddressUnknown,

    Other,
}
