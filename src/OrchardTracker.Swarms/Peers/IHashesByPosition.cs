namespace OrchardTracker.Swarms;

/// <summary>Lets an index compute the hash of an entry anew instead of keeping it.</summary>
internal interface IHashesByPosition
{
    uint HashAt(int position);
}
