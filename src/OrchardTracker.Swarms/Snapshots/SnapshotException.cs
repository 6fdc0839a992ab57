namespace OrchardTracker.Swarms;

/// <summary>A snapshot that cannot be read: cut off, changed, or of a version that this program does not know.</summary>
public sealed class SnapshotException(string message) : IOException(message);
