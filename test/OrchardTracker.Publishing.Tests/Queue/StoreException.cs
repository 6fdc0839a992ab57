namespace OrchardTracker.Publishing.Tests.Queue;

/// <summary>What a store of somebody else's throws, of a type that the library cannot know.</summary>
internal sealed class StoreException(string message, Exception? innerException) : Exception(message, innerException);
