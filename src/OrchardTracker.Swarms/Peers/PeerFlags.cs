namespace OrchardTracker.Swarms;

[Flags]
internal enum PeerFlags : byte
{
    None = 0,

    /// <summary>Its completion has been counted, or it came as a seeder: nothing is left to count.</summary>
    Completed = 1,

    /// <summary>A partial seed (BEP 21).</summary>
    Partial = 2,

    /// <summary>This entry stands for its client in the counts; other entries of the same client do not.</summary>
    Counted = 4,
}
