namespace OrchardTracker.Node;

/// <summary>Settings below <c>State:</c>.</summary>
/// <param name="Folder">Null keeps nothing over a restart.</param>
/// <param name="IsChosen">Whether the operator named the folder; a default one that cannot be written is given up.</param>
public sealed record StateSection(string? Folder, bool IsChosen);
