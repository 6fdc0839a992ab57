namespace OrchardTracker.Node;

/// <summary>Settings that cannot be used: all faults at once, each in a line for the operator.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
